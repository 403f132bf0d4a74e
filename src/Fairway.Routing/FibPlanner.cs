using System.Collections.Immutable;
using Fairway.Dataplanes;
using Fairway.Net;

namespace Fairway.Routing;

/// <summary>The difference between two forwarding tables.</summary>
public static class FibPlanner
{
    /// <param name="applied">What is in place, for a prefix.</param>
    /// <param name="desired">What should be.</param>
    /// <param name="dirty">The prefixes to compare.</param>
    /// <returns>Additions and changes by prefix, then removals: nothing loses its way before the new one is there.</returns>
    public static ImmutableArray<FibChange> Between(
        Func<IpPrefix, FibRoute?> applied, Func<IpPrefix, FibRoute?> desired, IReadOnlyCollection<IpPrefix> dirty)
    {
        var changes = dirty.Select(prefix => new FibChange(prefix, applied(prefix), desired(prefix)))
            .Where(change => change.Before != change.After)
            .OrderBy(change => change.Prefix)
            .ToList();
        return [.. changes.Where(change => change.After is not null), .. changes.Where(change => change.After is null)];
    }
}
