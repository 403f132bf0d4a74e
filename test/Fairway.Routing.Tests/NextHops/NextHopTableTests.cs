using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Routing.NextHops;
using Fairway.Testing.Speakers;

namespace Fairway.Routing.Tests.NextHops;

/// <summary>The host has eth0 (192.0.2.1/24, 2001:db8::1/64) and eth1 (198.51.100.1/24, 2001:db8:1::1/64), both up.</summary>
public sealed class NextHopTableTests
{
    [Theory]
    [InlineData("192.0.2.9", "via 192.0.2.9 dev eth0")] // on a connected subnet: the next hop is the gateway
    [InlineData("2001:db8:1::9", "via 2001:db8:1::9 dev eth1")]
    [InlineData("10.0.0.9", "via 192.0.2.254 dev eth0 metric 50")] // by a static route: its gateway, its metric
    [InlineData("10.1.0.9", "no: the route 10.1.0.0/16 refuses packets")]
    [InlineData("172.16.0.9", "no: no route leads there")] // the default route does not count
    [InlineData("192.0.2.1", "no: an address of this host")]
    [InlineData("127.0.0.9", "no: a loopback address that is not the peer's own")]
    [InlineData("0.0.0.0", "no: not a unicast address")]
    [InlineData("224.0.0.5", "no: not a unicast address")]
    [InlineData("ff02::1", "no: not a unicast address")]
    [InlineData("fe80::9", "no: link-local, and the session has no interface")]
    public async Task A_next_hop_of_a_single_hop_external_peer_resolves_by_routes_that_are_not_ours(string nextHop, string expected)
    {
        using var bench = await WithForeignRoutesAsync();

        Assert.Equal(expected, Resolve(bench, nextHop));
    }

    [Fact]
    public async Task A_multihop_peer_may_use_the_default_route_and_an_internal_one_may_not()
    {
        using var bench = await WithForeignRoutesAsync();

        Assert.Equal("via 192.0.2.254 dev eth0 metric 100", Resolve(bench, "172.16.0.9", NextHopReach.OursAndDefault));
        Assert.Equal("no: no route leads there", Resolve(bench, "172.16.0.9", NextHopReach.Ours));
    }

    [Theory]
    [InlineData("fe80::9", "eth0", "via fe80::9 dev eth0")]
    [InlineData("fe80::9", "eth7", "no: there is no interface eth7")]
    public async Task A_link_local_next_hop_is_on_the_sessions_interface(string nextHop, string link, string expected)
    {
        using var bench = await RoutingBench.RunningAsync();

        Assert.Equal(expected, Resolve(bench, new NextHopQuery(IpAddr.Parse(nextHop), IpAddr.Parse(nextHop), link, NextHopReach.Foreign)));
    }

    [Fact]
    public async Task A_loopback_next_hop_counts_if_it_is_the_peers_own_address_and_leads_nowhere()
    {
        using var bench = await RoutingBench.RunningAsync();

        var answer = bench.NextHops.Resolve(new NextHopQuery(IpAddr.Parse("127.0.0.9"), IpAddr.Parse("127.0.0.9"), null, NextHopReach.Foreign));

        Assert.True(answer.IsReachable);
        Assert.True(answer.Hops.IsEmpty);
    }

    [Fact]
    public async Task A_link_that_is_down_leads_nowhere()
    {
        using var bench = await WithForeignRoutesAsync();
        await bench.LinkAsync("eth0", up: false);

        Assert.Equal("no: no route leads there", Resolve(bench, "192.0.2.9"));
        Assert.Equal("no: interface eth0 is down", Resolve(bench, new NextHopQuery(IpAddr.Parse("fe80::9"), IpAddr.Parse("fe80::9"), "eth0", NextHopReach.Foreign)));
    }

    [Fact]
    public void A_route_over_a_link_without_carrier_leads_nowhere_although_the_kernel_keeps_it()
    {
        var fib = new Fairway.Testing.Dataplanes.FakeDataplane();
        fib.SetView(
            [new Link(2, "eth0", IsUp: false, [])],
            [new ForeignRoute(IpPrefix.Parse("192.0.2.0/24"), 0, 2, [new ResolvedHop(null, "eth0", 2)])]);

        var answer = new NextHopTable(fib, 20).Resolve(Query("192.0.2.9", NextHopReach.Foreign));

        Assert.Equal("the route 192.0.2.0/24 leads over eth0, which is not up", answer.Reason);
    }

    [Fact]
    public async Task Only_internal_and_multihop_peers_resolve_through_our_routes_to_their_on_link_hops()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "192.0.2.2"));

        Assert.Equal("no: no route leads there", Resolve(bench, "203.0.113.9", NextHopReach.Foreign));
        Assert.Equal("via 192.0.2.2 dev eth0 metric 20 ours", Resolve(bench, "203.0.113.9", NextHopReach.Ours));
        Assert.Equal("via 192.0.2.2 dev eth0 metric 20 ours", Resolve(bench, "203.0.113.9", NextHopReach.OursAndDefault));
    }

    [Fact]
    public async Task The_longest_match_decides_and_at_the_same_prefix_the_lower_metric()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "192.0.2.2"));
        await bench.Host.AddForeignAsync(IpPrefix.Parse("203.0.113.0/24"), IpAddr.Parse("198.51.100.2"), 50);
        await bench.Host.AddForeignAsync(IpPrefix.Parse("203.0.113.128/25"), IpAddr.Parse("198.51.100.3"), 50);
        await bench.SignalAsync();

        Assert.Equal("via 192.0.2.2 dev eth0 metric 20 ours", Resolve(bench, "203.0.113.9", NextHopReach.Ours));
        Assert.Equal("via 198.51.100.3 dev eth1 metric 50", Resolve(bench, "203.0.113.200", NextHopReach.Ours));

        await bench.Host.AddForeignAsync(IpPrefix.Parse("203.0.113.0/24"), IpAddr.Parse("198.51.100.4"), 5);
        await bench.SignalAsync();
        Assert.Equal("via 198.51.100.4 dev eth1 metric 5", Resolve(bench, "203.0.113.9", NextHopReach.Ours));
    }

    [Fact]
    public async Task A_route_never_resolves_through_itself_but_may_use_a_shorter_one()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route("203.0.112.0/20", "192.0.2.2"), Learn.Route("203.0.113.0/24", "198.51.100.2"));
        var query = Query("203.0.113.9", NextHopReach.Ours);

        Assert.Equal("via 198.51.100.2 dev eth1 metric 20 ours", Resolve(bench, query));
        Assert.Equal("via 192.0.2.2 dev eth0 metric 20 ours", Resolve(bench, query, excluding: "203.0.113.0/24"));
    }

    [Fact]
    public async Task Two_routes_that_lead_to_each_other_lead_nowhere()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.Host.AddForeignAsync(IpPrefix.Parse("203.0.112.0/20"), IpAddr.Parse("192.0.2.2"), 50);
        await bench.SignalAsync();
        var first = Learn.Route("203.0.113.0/25", Learn.Path("203.0.113.200", NextHopReach.Ours));
        var second = Learn.Route("203.0.113.128/25", Learn.Path("203.0.113.9", NextHopReach.Ours));
        await bench.LearnAsync(first, second);
        Assert.Equal("203.0.113.0/25 via 192.0.2.2 dev eth0\n203.0.113.128/25 via 192.0.2.2 dev eth0", bench.Fib.Text);

        await bench.Host.RemoveForeignAsync(IpPrefix.Parse("203.0.112.0/20"), 50);
        await bench.SignalAsync();

        Assert.Equal("", bench.Fib.Text);
        Assert.Equal("next-hop-unreachable", bench.Why("203.0.113.0/25"));
    }

    [Fact]
    public async Task Only_questions_whose_answer_changed_are_told()
    {
        using var bench = await RoutingBench.RunningAsync();
        var eth0 = Query("192.0.2.9", NextHopReach.Foreign);
        var eth1 = Query("198.51.100.9", NextHopReach.Foreign);
        Resolve(bench, eth0);
        Resolve(bench, eth1);

        await bench.Host.SetLinkAsync("eth1", up: false);
        await bench.SignalAsync();

        Assert.Equal([eth1], bench.Speaker.ChangedNextHops);
    }

    [Fact]
    public async Task A_new_route_of_ours_changes_only_questions_that_may_use_it()
    {
        using var bench = await RoutingBench.RunningAsync();
        var foreign = Query("203.0.113.9", NextHopReach.Foreign);
        var ours = Query("203.0.113.9", NextHopReach.Ours);
        Resolve(bench, foreign);
        Resolve(bench, ours);

        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "192.0.2.2"));

        Assert.Equal([ours], bench.Speaker.ChangedNextHops);
    }

    [Fact]
    public void Without_a_dataplane_everything_is_reached_at_metric_0()
    {
        var answer = new NextHopTable(new NoDataplane(), 20).Resolve(Query("172.16.0.9", NextHopReach.Foreign));

        Assert.Same(NextHopResolution.Unchecked, answer);
        Assert.True(answer.IsReachable);
        Assert.Equal(0u, answer.Metric);
    }

    [Fact]
    public async Task Forgotten_questions_are_named_so_that_they_are_asked_again()
    {
        using var bench = await RoutingBench.RunningAsync();
        var query = Query("192.0.2.9", NextHopReach.Foreign);
        Resolve(bench, query);

        Assert.Equal([query], bench.NextHops.Forget());
        Assert.Equal(0, bench.NextHops.Remembered);
    }

    private static async Task<RoutingBench> WithForeignRoutesAsync()
    {
        var bench = await RoutingBench.RunningAsync();
        var gateway = IpAddr.Parse("192.0.2.254");
        await bench.Host.AddForeignAsync(IpPrefix.Parse("10.0.0.0/8"), gateway, 50);
        await bench.Host.AddForeignAsync(IpPrefix.Parse("0.0.0.0/0"), gateway, 100);
        bench.Host.AddUnreachable(IpPrefix.Parse("10.1.0.0/16"));
        await bench.SignalAsync();
        return bench;
    }

    private static NextHopQuery Query(string address, NextHopReach reach) => new(IpAddr.Parse(address), IpAddr.Parse("192.0.2.2"), null, reach);

    private static string Resolve(RoutingBench bench, string address, NextHopReach reach = NextHopReach.Foreign) => Resolve(bench, Query(address, reach));

    private static string Resolve(RoutingBench bench, NextHopQuery query, string? excluding = null)
    {
        var answer = bench.NextHops.Resolve(query, excluding is null ? null : IpPrefix.Parse(excluding));
        if (!answer.IsReachable)
        {
            return $"no: {answer.Reason}";
        }

        var hops = new FibRoute(IpPrefix.Host(query.Address), FibRouteKind.Unicast, answer.Hops);
        return $"{hops}{(answer.Metric == 0 ? "" : $" metric {answer.Metric}")}{(answer.ViaOurs ? " ours" : "")}".Replace(" metric 256", "", StringComparison.Ordinal);
    }
}
