namespace Fairway.Reconciliation.Drift;

/// <summary>Something outside that is not what we last put there.</summary>
public sealed record DriftItem
{
    /// <summary>"speaker" or "dataplane".</summary>
    public required string Layer { get; init; }

    public required string Object { get; init; }

    public required string Desired { get; init; }

    public required string Observed { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>It is again as it should be.</summary>
    public bool Repaired { get; init; }

    /// <summary>Somebody undid it three times in a minute: it is left alone until the wish changes or the other gives in.</summary>
    public bool Contested { get; init; }
}
