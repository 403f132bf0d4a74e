namespace Fairway.Dataplanes.Linux.Tests.Kernel;

using static Changes;

public sealed class InstallTests
{
    [Fact]
    public async Task Every_kind_of_Ipv4_route_reads_as_it_was_installed_and_as_iproute2_shows_it()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        FibRoute[] routes =
        [
            Unicast("0.0.0.0/0", space.Hop("192.0.2.9", "eth0")),
            Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0")),
            Unicast("203.0.113.1/32", space.Hop("192.0.2.2", "eth0"), space.Hop("198.51.100.2", "eth1")),
            Unicast("203.0.113.2/32", space.Hop("192.0.2.2", "eth0", weight: 3), space.Hop("192.0.2.3", "eth0", weight: 256)),
            Unicast("203.0.113.3/32", space.Hop(null, "eth0")),
            Unreachable("203.0.113.128/25"),
        ];

        Assert.Empty(await dataplane.InstallAsync(routes));

        Assert.Equal(routes, await dataplane.ReadRoutesAsync());
        Assert.Equal(
            """
            default via 192.0.2.9 dev eth0 metric 20
            203.0.113.0/24 via 192.0.2.2 dev eth0 metric 20
            203.0.113.1 metric 20
            	nexthop via 192.0.2.2 dev eth0 weight 1
            	nexthop via 198.51.100.2 dev eth1 weight 1
            203.0.113.2 metric 20
            	nexthop via 192.0.2.2 dev eth0 weight 3
            	nexthop via 192.0.2.3 dev eth0 weight 256
            203.0.113.3 dev eth0 scope 253 metric 20
            7 203.0.113.128/25 metric 20
            """.Split('\n'),
            space.Routes());
    }

    [Fact]
    public async Task Every_kind_of_Ipv6_route_reads_as_it_was_installed_and_as_iproute2_shows_it()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        FibRoute[] routes =
        [
            Unicast("::/0", space.Hop("2001:db8::9", "eth0")),
            Unicast("2001:db8:a::/48", space.Hop("2001:db8::2", "eth0")),
            Unicast("2001:db8:a::1/128", space.Hop("2001:db8::2", "eth0"), space.Hop("2001:db8:1::2", "eth1")),
            Unicast("2001:db8:a::2/128", space.Hop("fe80::2", "eth0")),
            Unicast("2001:db8:a::3/128", space.Hop("fe80::2", "eth0", weight: 2), space.Hop("fe80::2", "eth1", weight: 5)),
            Unicast("2001:db8:a::4/128", space.Hop(null, "eth1")),
            Unreachable("2001:db8:b::/48"),
        ];
        routes[2] = routes[2] with { Hops = [.. routes[2].Hops.OrderBy(hop => hop.Gateway)] };

        Assert.Empty(await dataplane.InstallAsync(routes));

        Assert.Equal(routes, await dataplane.ReadRoutesAsync());
        Assert.Equal(
            """
            2001:db8:a::1 metric 20
            	nexthop via 2001:db8::2 dev eth0 weight 1
            	nexthop via 2001:db8:1::2 dev eth1 weight 1
            2001:db8:a::2 via fe80::2 dev eth0 metric 20
            2001:db8:a::3 metric 20
            	nexthop via fe80::2 dev eth0 weight 2
            	nexthop via fe80::2 dev eth1 weight 5
            2001:db8:a::4 dev eth1 metric 20
            2001:db8:a::/48 via 2001:db8::2 dev eth0 metric 20
            7 2001:db8:b::/48 dev lo metric 20
            default via 2001:db8::9 dev eth0 metric 20
            """.Split('\n'),
            space.Routes());
    }

    private static readonly string[] AllShapes = ["1", "2", "3", "other gateway", "on-link", "unreachable"];

    public static TheoryData<string> Shapes => [.. AllShapes];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_route_changes_from_any_shape_to_any_other_in_one_step(string from)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        foreach (var to in AllShapes)
        {
            FibRoute[] before = [Shape(space, "203.0.113.0/24", from), Shape(space, "2001:db8:a::/48", from)];
            FibRoute[] after = [Shape(space, "203.0.113.0/24", to), Shape(space, "2001:db8:a::/48", to)];

            Assert.Empty(await dataplane.InstallAsync(before));
            Assert.Empty(await dataplane.InstallAsync(after));

            Assert.Equal(after, await dataplane.ReadRoutesAsync());
            Assert.Empty(await dataplane.RemoveAsync(after));
            Assert.Empty(space.Routes());
        }
    }

    [Fact]
    public async Task A_route_is_removed_however_many_hops_it_has_and_removing_it_again_is_no_failure()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        FibRoute[] routes = [Shape(space, "203.0.113.0/24", "3"), Shape(space, "2001:db8:a::/48", "3"), Unreachable("2001:db8:b::/48")];
        Assert.Empty(await dataplane.InstallAsync(routes));

        Assert.Empty(await dataplane.RemoveAsync(routes));
        Assert.Empty(await dataplane.RemoveAsync(routes));

        Assert.Empty(space.Routes());
    }

    [Fact]
    public async Task Our_own_table_metric_and_protocol_are_used()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync(new() { Table = 100_000, Metric = 7, Protocol = 200 });
        await using var _ = space;
        FibRoute[] routes = [Shape(space, "203.0.113.0/24", "1"), Shape(space, "2001:db8:a::/48", "2")];

        Assert.Empty(await dataplane.InstallAsync(routes));

        Assert.Equal(routes, await dataplane.ReadRoutesAsync());
        Assert.Equal(
            """
            203.0.113.0/24 via 192.0.2.2 dev eth0 table 100000 metric 7
            2001:db8:a::/48 table 100000 metric 7
            	nexthop via 2001:db8::2 dev eth0 weight 1
            	nexthop via 2001:db8::3 dev eth0 weight 1
            """.Split('\n'),
            space.Routes(200));
    }

    [Fact]
    public async Task A_route_of_our_number_but_of_a_kind_we_never_install_is_seen_and_replaced()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        FibRoute[] wishes = [Shape(space, "203.0.113.0/24", "1"), Unreachable("2001:db8:a::/48")];
        space.IpBatch(["route add blackhole 203.0.113.0/24 proto 196 metric 20", "route add blackhole 2001:db8:a::/48 proto 196 metric 20"]);
        Assert.Equal([Unicast("203.0.113.0/24"), Unicast("2001:db8:a::/48")], await dataplane.ReadRoutesAsync());

        Assert.Empty(await dataplane.InstallAsync(wishes));

        Assert.Equal(wishes, await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task Flush_removes_all_that_is_ours_and_nothing_else()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        space.Ip("route add 203.0.113.9 via 192.0.2.2 proto static metric 20");
        space.IpBatch(
        [
            "route add 203.0.113.8 via 192.0.2.2 proto 196 metric 99 table 77",
            "route add unreachable 2001:db8:c::/48 proto 196 metric 99",
            "route add blackhole 2001:db8:c::/48 proto 196 metric 20",
            "route add prohibit 203.0.113.7 proto 196 metric 98",
            "route add 2001:db8:d::/48 proto 196 metric 99 nexthop via fe80::2 dev eth0 nexthop via fe80::2 dev eth1",
        ]);
        Assert.Empty(await dataplane.InstallAsync(Shape(space, "203.0.113.0/24", "1"), Shape(space, "2001:db8:a::/48", "2")));

        Assert.Empty(await dataplane.FlushAsync(CancellationToken.None));

        Assert.Empty(space.Routes());
        Assert.Equal(["203.0.113.9 via 192.0.2.2 dev eth0 metric 20"], space.Routes(4));
    }

    private static FibRoute Shape(TestNamespace space, string prefix, string shape)
    {
        var network = prefix.Contains(':', StringComparison.Ordinal) ? "2001:db8::" : "192.0.2.";
        return shape switch
        {
            "unreachable" => Unreachable(prefix),
            "on-link" => Unicast(prefix, space.Hop(null, "eth0")),
            "other gateway" => Unicast(prefix, space.Hop($"{network}9", "eth0")),
            _ => Unicast(prefix, [.. Enumerable.Range(2, shape[0] - '0').Select(host => space.Hop($"{network}{host}", "eth0"))]),
        };
    }
}
