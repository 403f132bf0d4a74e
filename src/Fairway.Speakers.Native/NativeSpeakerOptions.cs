namespace Fairway.Speakers.Native;

/// <summary>What the native speaker needs besides its plans.</summary>
public sealed record NativeSpeakerOptions
{
    public RestartContext Restart { get; init; } = RestartContext.None;

    /// <summary>How long a peer that came back after its restart may take to send End-of-RIB before its stale routes go.</summary>
    public TimeSpan StaleTime { get; init; } = TimeSpan.FromSeconds(360);

    /// <summary>How many prefixes one <see cref="NativeSpeaker.ReadAsync"/> checks against the plain decision.</summary>
    public int AuditSample { get; init; } = 1000;
}
