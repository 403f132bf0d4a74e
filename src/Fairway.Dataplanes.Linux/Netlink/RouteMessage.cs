using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>A route as the kernel tells it, and as we ask for it.</summary>
internal sealed record RouteMessage(IpPrefix Prefix, RoutePlace Place, RouteType Type, ValueList<RouteHop> Hops)
{
    /// <summary>Matches only some packets (a type of service, a source prefix) or is a copy for one destination: nothing we look at.</summary>
    public bool IsSpecial { get; init; }
}

/// <summary>One next hop. <see cref="Interface"/> is its index.</summary>
internal readonly record struct RouteHop(IpAddr? Gateway, int Interface, int Weight = 1, HopFlags Flags = HopFlags.None);
