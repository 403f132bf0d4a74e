namespace Fairway.Intents.Model;

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    Warning,
    Error,
}

/// <summary>
/// Something wrong with a resource, told so that a person can mend it: file and line (from 1), object ("BgpPeer/tor1"), field path
/// ("spec.timers.hold"), a stable reason (see <see cref="ProblemReason"/>), a message, and the nearest right word if any.
/// </summary>
public sealed record SourceProblem(ProblemSeverity Severity, string Reason, string Message)
{
    public string? File { get; init; }

    public int? Line { get; init; }

    /// <summary>From 1.</summary>
    public int? Column { get; init; }

    public string? Object { get; init; }

    public string? Field { get; init; }

    public string? Suggestion { get; init; }
}
