using System.Collections.Immutable;
using Fairway.Net;

namespace Fairway.Routing;

/// <summary>What the rest of the agent wants of routing, as a whole each time.</summary>
public sealed record RoutingWishes
{
    /// <summary>Prefixes that want an unreachable route of ours.</summary>
    public ImmutableHashSet<IpPrefix> Blackholes { get; init; } = [];

    /// <summary>Addresses of the peers, whose way is protected.</summary>
    public ImmutableHashSet<IpAddr> SessionAddresses { get; init; } = [];

    /// <summary>Prefixes for which it matters whether they are learned; see <see cref="RoutingHandler.WatchedChanged"/>.</summary>
    public ImmutableHashSet<IpPrefix> Watched { get; init; } = [];
}
