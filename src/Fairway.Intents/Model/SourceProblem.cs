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

    /// <summary>"bgp.yaml:12:5: error: BgpPeer/tor1 spec.timers.hodl: there is no field 'hodl' here; did you mean 'hold'? (UnknownField)".</summary>
    public override string ToString()
    {
        var place = string.Concat(File, Line is null ? "" : $":{Line}", Column is null ? "" : $":{Column}");
        var what = string.Join(' ', new[] { Object, Field }.OfType<string>());
        var severity = Severity == ProblemSeverity.Error ? "error" : "warning";
        var hint = Suggestion is null ? "" : $"; did you mean '{Suggestion}'?";
        return $"{(place.Length == 0 ? "" : place + ": ")}{severity}: {(what.Length == 0 ? "" : what + ": ")}{Message}{hint} ({Reason})";
    }
}
