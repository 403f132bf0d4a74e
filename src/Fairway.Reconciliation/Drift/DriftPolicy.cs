namespace Fairway.Reconciliation.Drift;

/// <summary>What to do about drift.</summary>
public enum DriftPolicy
{
    Repair,
    Report,
}
