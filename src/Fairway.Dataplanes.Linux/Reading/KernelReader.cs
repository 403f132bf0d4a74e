using System.Collections.Immutable;
using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Dataplanes.Linux.Reading;

/// <summary>Reads the kernel's tables into the values of the contract. Filters in requests save work; the answers are filtered again.</summary>
internal sealed class KernelReader(NetlinkRequests requests, Ownership ownership)
{
    private const uint DefaultTable = 253;
    private const uint MainTable = 254;
    private const uint LocalTable = 255;

    /// <summary>The tables whose foreign routes count: those the kernel always asks, and ours.</summary>
    public static bool IsWatched(uint table, RoutePlace ours) => table is DefaultTable or MainTable or LocalTable || table == ours.Table;

    /// <summary>Whether a foreign route forwards or refuses packets to single destinations.</summary>
    public static bool IsOfInterest(RouteMessage route) =>
        !route.IsSpecial && !route.Prefix.Address.IsMulticast && route.Type is not (RouteType.Broadcast or RouteType.Anycast or RouteType.Multicast);

    public KernelView ReadView()
    {
        var links = ReadLinks();
        return new(links, ReadForeign(NamesOf(links)));
    }

    /// <summary>All routes of ours, wherever they stand.</summary>
    public OwnRoutes ReadOwn(ValueList<Link> links)
    {
        var names = NamesOf(links);
        var routes = ImmutableDictionary.CreateBuilder<IpPrefix, FibRoute>();
        var strays = new List<RouteMessage>();
        foreach (var route in ReadRoutesOfOurs())
        {
            if (route.Place != ownership.Current || !routes.TryAdd(route.Prefix, ToFibRoute(route, names)))
                strays.Add(route);
        }

        return new(routes.ToImmutable(), strays);
    }

    private ValueList<Link> ReadLinks()
    {
        var links = requests.Dump(NetlinkType.GetLink, LinkMessage.EncodeDump, LinkMessage.Decode);
        var addresses = requests.Dump(NetlinkType.GetAddress, AddressMessage.EncodeDump, AddressMessage.Decode)
            .ToLookup(message => message.Interface, message => message.Address);
        return links.OrderBy(link => link.Index)
            .Select(link => new Link(link.Index, link.Name, link.IsUp, addresses[link.Index].ToValueList()))
            .ToValueList();
    }

    private IEnumerable<RouteMessage> ReadRoutesOfOurs()
    {
        var current = ReadRoutes(0, ownership.Current.Protocol, body => RouteCodec.PeekProtocol(body) == ownership.Current.Protocol);
        var previous = ownership.Previous is { } place && place.Protocol != ownership.Current.Protocol
            ? ReadRoutes(place.Table, place.Protocol, body => RouteCodec.PeekProtocol(body) == place.Protocol)
            : [];
        return current.Concat(previous).Where(route => !route.IsSpecial && ownership.IsOurs(route.Place));
    }

    private PrefixMap<ValueList<ForeignRoute>> ReadForeign(Dictionary<int, string> names)
    {
        var map = new PrefixMap<ValueList<ForeignRoute>>();
        var tables = new[] { LocalTable, MainTable, DefaultTable, ownership.Current.Table }.Distinct();
        foreach (var route in tables.SelectMany(table => ReadRoutes(table, 0, body => RouteCodec.PeekProtocol(body) != ownership.Current.Protocol)))
        {
            if (!IsOfInterest(route) || !IsWatched(route.Place.Table, ownership.Current) || ownership.IsOurs(route.Place))
                continue;

            var foreign = new ForeignRoute(route.Prefix, route.Place.Metric, route.Place.Protocol, UsableHops(route, names));
            map[route.Prefix] = map.TryGet(route.Prefix, out var others)
                ? others.Append(foreign).OrderBy(other => other.Metric).ToValueList()
                : [foreign];
        }

        return map;
    }

    private delegate bool Filter(ReadOnlySpan<byte> body);

    private IEnumerable<RouteMessage> ReadRoutes(uint table, byte protocol, Filter filter)
    {
        foreach (var isIPv6 in new[] { false, true })
        {
            var routes = requests.Dump(
                NetlinkType.GetRoute,
                writer => RouteCodec.EncodeDump(writer, isIPv6, table, protocol),
                body => filter(body) && RouteCodec.Decode(body) is { } route && (table == 0 || route.Place.Table == table) ? route : null);
            foreach (var route in routes)
                yield return route;
        }
    }

    private static FibRoute ToFibRoute(RouteMessage route, Dictionary<int, string> names) => route.Type switch
    {
        RouteType.Unreachable => new(route.Prefix, FibRouteKind.Unreachable, []),
        RouteType.Unicast => new(route.Prefix, FibRouteKind.Unicast, Resolve(route.Hops, names)),

        // Ours by its number, but of a kind we never install: without hops it equals no wish, and is replaced.
        _ => new(route.Prefix, FibRouteKind.Unicast, []),
    };

    private static ValueList<ResolvedHop> UsableHops(RouteMessage route, Dictionary<int, string> names) =>
        route.Type is RouteType.Unicast or RouteType.Local
            ? Resolve(route.Hops.Where(hop => !hop.Flags.HasFlag(HopFlags.Dead)), names)
            : [];

    private static ValueList<ResolvedHop> Resolve(IEnumerable<RouteHop> hops, Dictionary<int, string> names) => hops
        .Select(hop => new ResolvedHop(hop.Gateway, names.GetValueOrDefault(hop.Interface) ?? $"if{hop.Interface}", hop.Interface, hop.Weight))
        .OrderBy(hop => hop.Gateway ?? default)
        .ThenBy(hop => hop.Interface, StringComparer.Ordinal)
        .ToValueList();

    private static Dictionary<int, string> NamesOf(ValueList<Link> links) => links.ToDictionary(link => link.Index, link => link.Name);
}
