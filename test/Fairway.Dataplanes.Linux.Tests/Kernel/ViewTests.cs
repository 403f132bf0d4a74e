using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

using static Changes;

public sealed class ViewTests
{
    [Fact]
    public async Task Links_show_their_state_and_addresses_with_subnets()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        space.Ip("address add 10.1.1.1 peer 10.1.1.2/32 dev eth1");
        space.Ip("link add idle type bridge");
        await dataplane.ReadAsync(CancellationToken.None);

        var view = dataplane.View;

        Assert.Equal(["lo", "far0", "eth0", "far1", "eth1", "idle"], view.Links.OrderBy(link => link.Index).Select(link => link.Name));
        Assert.True(view.FindLink("eth1")!.IsUp);
        Assert.False(view.FindLink("idle")!.IsUp);
        Assert.Equal(
            ["10.1.1.1 10.1.1.2/32", "198.51.100.1 198.51.100.0/24", "2001:db8:1::1 2001:db8:1::/64"],
            view.FindLink("eth1")!.Addresses.Where(address => !address.Address.IsLinkLocal).Select(address => $"{address.Address} {address.Subnet}").Order());
    }

    [Fact]
    public async Task Foreign_routes_show_lowest_metric_first_and_ours_not_at_all()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        Assert.Empty(await dataplane.InstallAsync(Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"))));
        space.IpBatch(
        [
            "route add 203.0.113.0/24 proto static metric 300 nexthop via 192.0.2.3 weight 2 nexthop via 198.51.100.3",
            "route add 203.0.113.0/24 via inet6 fe80::9 dev eth0 proto bird metric 50",
            "route add blackhole 203.0.113.0/24 proto static metric 200",
            "route add 203.0.113.0/24 via 192.0.2.4 table 77",
            "route add 203.0.113.0/24 via 192.0.2.5 table 253 metric 900",
        ]);
        await dataplane.ReadAsync(CancellationToken.None);

        var routes = dataplane.View.ForeignRoutes[IpPrefix.Parse("203.0.113.0/24")];

        Assert.Equal(
            [
                new ForeignRoute(IpPrefix.Parse("203.0.113.0/24"), 50, 12, [space.Hop("fe80::9", "eth0")]),
                new ForeignRoute(IpPrefix.Parse("203.0.113.0/24"), 200, 4, []),
                new ForeignRoute(IpPrefix.Parse("203.0.113.0/24"), 300, 4, [space.Hop("192.0.2.3", "eth0", weight: 2), space.Hop("198.51.100.3", "eth1")]),
                new ForeignRoute(IpPrefix.Parse("203.0.113.0/24"), 900, 3, [space.Hop("192.0.2.5", "eth0")]),
            ],
            routes);
    }

    [Fact]
    public async Task Connected_subnets_and_own_addresses_are_there_broadcast_and_multicast_are_not()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;

        var prefixes = dataplane.View.ForeignRoutes.Items.Select(route => route.Key.ToString()).ToHashSet();

        Assert.Superset(new HashSet<string> { "192.0.2.0/24", "192.0.2.1/32", "2001:db8::/64", "2001:db8::1/128", "127.0.0.0/8" }, prefixes);
        Assert.DoesNotContain("192.0.2.255/32", prefixes);
        Assert.DoesNotContain("ff00::/8", prefixes);
        Assert.Equal([space.Hop(null, "eth0")], dataplane.View.ForeignRoutes[IpPrefix.Parse("192.0.2.0/24")][0].Hops);
    }

    [Fact]
    public async Task Foreign_routes_of_our_own_table_count_as_well()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync(new() { Table = 77 });
        await using var _ = space;
        space.Ip("route add 203.0.113.0/24 via 192.0.2.4 table 77 metric 5");
        await dataplane.ReadAsync(CancellationToken.None);

        Assert.Equal(5u, dataplane.View.ForeignRoutes[IpPrefix.Parse("203.0.113.0/24")][0].Metric);
        Assert.True(dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse("192.0.2.0/24"), out var _));
    }
}
