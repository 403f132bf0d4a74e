using System.Collections.Immutable;
using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Reading;

/// <summary>Routes of ours as the kernel has them: where they belong, and <paramref name="Strays"/> anywhere else.</summary>
internal sealed record OwnRoutes(ImmutableDictionary<IpPrefix, FibRoute> Routes, List<RouteMessage> Strays);
