namespace Fairway.Speakers;

/// <summary>What a gate said of a prefix.</summary>
public enum GateResult
{
    Pass,
    Fail,

    /// <summary>Not reached: an earlier gate failed.</summary>
    Skipped,
}

/// <summary>One step on a prefix's way, with the object and field that decided and what to do about it.</summary>
public sealed record Gate(string Name, GateResult Result, string? Object = null, string? Field = null, string? Reason = null, string? Fix = null);
