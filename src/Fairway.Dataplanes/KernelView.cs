using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Dataplanes;

/// <summary>A network interface. <see cref="IsUp"/>: administratively up with carrier.</summary>
public sealed record Link(int Index, string Name, bool IsUp, ValueList<LinkAddress> Addresses);

/// <summary>An address of an interface with its on-link subnet (the peer's for point-to-point).</summary>
public readonly record struct LinkAddress(IpAddr Address, IpPrefix Subnet);

/// <summary>A route that is not ours, of the table we write and those the kernel always asks (main, local). Unreachable kinds have no hops.</summary>
public sealed record ForeignRoute(IpPrefix Prefix, uint Metric, byte Protocol, ValueList<ResolvedHop> Hops);

/// <summary>What the host has beside our routes: an immutable snapshot. At equal prefixes the lowest metric is first.</summary>
public sealed record KernelView(ValueList<Link> Links, PrefixMap<ValueList<ForeignRoute>> ForeignRoutes)
{
    public static readonly KernelView Empty = new([], new());

    public Link? FindLink(string name) => Links.Items.FirstOrDefault(link => link.Name == name);
}
