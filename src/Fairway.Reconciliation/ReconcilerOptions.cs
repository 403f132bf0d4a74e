using Fairway.Reconciliation.Drift;

namespace Fairway.Reconciliation;

/// <summary>How a reconciler looks and tries again.</summary>
public sealed record ReconcilerOptions
{
    public DriftPolicy Drift { get; init; } = DriftPolicy.Repair;

    /// <summary>Between two looks at everything, at least.</summary>
    public TimeSpan AuditInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Before the first retry of something refused; it doubles each time.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(1);
}
