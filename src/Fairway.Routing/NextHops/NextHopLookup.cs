using System.Collections.Immutable;
using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Routing.Forwarding;

namespace Fairway.Routing.NextHops;

/// <summary>The rules of design D14 over one kernel view and our routes: which on-link hops lead to a next hop.</summary>
internal sealed class NextHopLookup(KernelView view, RoutingTable ours, uint ourMetric)
{
    private readonly HashSet<IpAddr> _ownAddresses = [.. view.Links.SelectMany(link => link.Addresses.Select(address => address.Address))];
    private readonly Dictionary<string, Link> _links = view.Links.DistinctBy(link => link.Name).ToDictionary(link => link.Name);

    /// <param name="query">What to resolve.</param>
    /// <param name="excluded">Routes of ours that must not lead there.</param>
    public ResolvedNextHop Resolve(in NextHopQuery query, ImmutableArray<IpPrefix> excluded)
    {
        var address = query.Address;
        if (address.IsUnspecified || address.IsMulticast)
        {
            return ResolvedNextHop.Unreachable("not a unicast address");
        }

        if (address.IsLoopback)
        {
            return address == query.SessionAddress
                ? ResolvedNextHop.Direct(new NextHopResolution { IsReachable = true })
                : ResolvedNextHop.Unreachable("a loopback address that is not the peer's own");
        }

        if (_ownAddresses.Contains(address))
        {
            return ResolvedNextHop.Unreachable("an address of this host");
        }

        return address is { IsIPv6: true, IsLinkLocal: true } ? OnLink(query) : Longest(query, excluded);
    }

    private ResolvedNextHop OnLink(in NextHopQuery query)
    {
        if (query.Interface is not { } name)
        {
            return ResolvedNextHop.Unreachable("link-local, and the session has no interface");
        }

        return !_links.TryGetValue(name, out var link) ? ResolvedNextHop.Unreachable($"there is no interface {name}")
            : !link.IsUp ? ResolvedNextHop.Unreachable($"interface {name} is down")
            : ResolvedNextHop.Direct(new NextHopResolution { IsReachable = true, Hops = [new ResolvedHop(query.Address, name, link.Index)] });
    }

    /// <summary>The longest match decides, as it does in the kernel; a route of ours that leads nowhere is about to go and is passed over.</summary>
    private ResolvedNextHop Longest(in NextHopQuery query, ImmutableArray<IpPrefix> excluded)
    {
        var foreign = view.ForeignRoutes.Matches(query.Address).Where(Allowed(query)).ToList();
        foreach (var (prefix, entry) in OursFor(query).Where(route => !excluded.Contains(route.Key)))
        {
            if (foreign.Count > 0 && Precedes(foreign[0], prefix))
            {
                break;
            }

            if (ThroughOurs(prefix, entry, excluded) is { } answer)
            {
                return answer;
            }
        }

        return foreign.Count > 0 ? ThroughForeign(foreign[0].Key, foreign[0].Value, query.Address) : ResolvedNextHop.Unreachable("no route leads there");
    }

    private static Func<KeyValuePair<IpPrefix, ValueList<ForeignRoute>>, bool> Allowed(NextHopQuery query) =>
        route => !route.Key.IsDefault || query.Reach is NextHopReach.OursAndDefault;

    private IEnumerable<KeyValuePair<IpPrefix, RouteEntry>> OursFor(NextHopQuery query) => query.Reach is NextHopReach.Foreign
        ? []
        : ours.Matches(query.Address)
            .Where(route => route.Value.Applied is not null && (!route.Key.IsDefault || query.Reach is NextHopReach.OursAndDefault));

    private bool Precedes(KeyValuePair<IpPrefix, ValueList<ForeignRoute>> foreign, IpPrefix own) =>
        foreign.Key.Length > own.Length || (foreign.Key.Length == own.Length && foreign.Value[0].Metric <= ourMetric);

    private ResolvedNextHop ThroughForeign(IpPrefix prefix, ValueList<ForeignRoute> routes, IpAddr address)
    {
        foreach (var route in routes)
        {
            var hops = route.Hops.Where(IsUsable).Select(hop => hop with { Gateway = hop.Gateway ?? address }).InHopOrder();
            if (!hops.IsEmpty)
            {
                return ResolvedNextHop.Direct(new NextHopResolution { IsReachable = true, Metric = route.Metric, Hops = hops, Via = prefix });
            }
        }

        return ResolvedNextHop.Unreachable(routes[0].Hops.IsEmpty
            ? $"the route {prefix} refuses packets"
            : $"the route {prefix} leads over {string.Join(", ", routes[0].Hops.Select(hop => hop.Interface))}, which is not up");
    }

    private ResolvedNextHop? ThroughOurs(IpPrefix prefix, RouteEntry entry, ImmutableArray<IpPrefix> excluded)
    {
        if (entry.Applied is { Kind: FibRouteKind.Unreachable })
        {
            return ResolvedNextHop.Unreachable($"our route {prefix} refuses packets");
        }

        var found = entry.Learned is { } learned
            ? learned.Paths.Where(path => path.Install)
                .Select(path => Resolve(path.NextHop, [.. excluded, prefix]))
                .Where(answer => answer.Answer.IsReachable)
                .ToList()
            : [ResolvedNextHop.Direct(new NextHopResolution { Hops = entry.Applied!.Hops.Where(IsUsable).ToValueList() })];
        var hops = found.SelectMany(answer => answer.Answer.Hops).Distinct().InHopOrder();
        return hops.IsEmpty ? null : new ResolvedNextHop(
            new NextHopResolution { IsReachable = true, Metric = ourMetric, Hops = hops, Via = prefix, ViaOurs = true },
            [prefix, .. found.SelectMany(answer => answer.Through)]);
    }

    // Packets to the loopback interface stay on the host.
    private bool IsUsable(ResolvedHop hop) => hop.Interface != "lo" && _links.TryGetValue(hop.Interface, out var link) && link.IsUp;
}
