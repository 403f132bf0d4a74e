using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Testing.Time;

namespace Fairway.Testing.Dataplanes;

/// <summary>What every <see cref="IDataplane"/> does. A derived class makes the bench, fresh for each test.</summary>
public abstract class DataplaneContract
{
    private static readonly IpPrefix Prefix = IpPrefix.Parse("203.0.113.0/24");

    protected abstract ValueTask<DataplaneBench> CreateAsync();

    [Fact]
    public async Task A_new_dataplane_has_no_route_of_ours_and_shows_links_with_their_subnets()
    {
        await using var bench = await CreateAsync();

        Assert.Empty(await ReadAsync(bench));
        var link = bench.Dataplane.View.FindLink("eth0");
        Assert.True(link!.IsUp);
        Assert.Contains(new LinkAddress(IpAddr.Parse("192.0.2.1"), IpPrefix.Parse("192.0.2.0/24")), link.Addresses.Items);
        Assert.True(bench.Dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse("192.0.2.0/24"), out var connected));
        Assert.Null(connected[0].Hops[0].Gateway);
    }

    [Fact]
    public async Task Routes_of_both_families_read_as_they_were_installed()
    {
        await using var bench = await CreateAsync();
        FibRoute[] routes =
        [
            Unicast("203.0.113.0/24", bench.Hop("192.0.2.2", "eth0")),
            Unicast("203.0.113.1/32", bench.Hop("192.0.2.2", "eth0"), bench.Hop("198.51.100.2", "eth1")),
            new(IpPrefix.Parse("203.0.113.128/25"), FibRouteKind.Unreachable, []),
            Unicast("2001:db8:a::/48", bench.Hop("2001:db8::2", "eth0")),
            Unicast("2001:db8:b::/48", bench.Hop("2001:db8::2", "eth0"), bench.Hop("2001:db8:1::2", "eth1")),
        ];

        Assert.Empty(await InstallAsync(bench, routes));

        Assert.Equal(routes, await ReadAsync(bench));
    }

    [Fact]
    public async Task A_route_changes_in_place_and_goes()
    {
        await using var bench = await CreateAsync();
        var before = Unicast("203.0.113.0/24", bench.Hop("192.0.2.2", "eth0"));
        var after = Unicast("203.0.113.0/24", bench.Hop("198.51.100.2", "eth1"));
        Assert.Empty(await InstallAsync(bench, before));

        Assert.Empty(await bench.Dataplane.ApplyAsync([new FibChange(Prefix, before, after)], CancellationToken.None));
        Assert.Equal([after], await ReadAsync(bench));

        Assert.Empty(await bench.Dataplane.ApplyAsync([new FibChange(Prefix, after, null)], CancellationToken.None));
        Assert.Empty(await ReadAsync(bench));
    }

    [Fact]
    public async Task Removing_a_route_that_is_gone_already_is_no_failure()
    {
        await using var bench = await CreateAsync();
        var route = Unicast("203.0.113.0/24", bench.Hop("192.0.2.2", "eth0"));
        Assert.Empty(await InstallAsync(bench, route));
        await bench.RemoveOursAsync(Prefix);

        Assert.Empty(await bench.Dataplane.ApplyAsync([new FibChange(Prefix, route, null)], CancellationToken.None));
    }

    [Fact]
    public async Task A_foreign_route_at_our_metric_is_a_conflict_and_stays_and_the_others_of_the_batch_proceed()
    {
        await using var bench = await CreateAsync();
        await bench.AddForeignAsync(Prefix, IpAddr.Parse("192.0.2.9"), bench.Metric);
        await bench.Dataplane.ReadAsync(CancellationToken.None);
        var other = Unicast("203.0.113.64/26", bench.Hop("192.0.2.2", "eth0"));

        var failure = Assert.Single(await InstallAsync(bench, Unicast("203.0.113.0/24", bench.Hop("192.0.2.2", "eth0")), other));

        Assert.Equal((Prefix, FibRefusal.Conflict), (failure.Prefix, failure.Refusal));
        Assert.Equal([other], await ReadAsync(bench));
        Assert.True(bench.Dataplane.View.ForeignRoutes.TryGet(Prefix, out var foreign));
        Assert.Equal(IpAddr.Parse("192.0.2.9"), foreign[0].Hops[0].Gateway);
    }

    [Fact]
    public async Task A_foreign_route_at_another_metric_is_no_conflict_and_stays()
    {
        await using var bench = await CreateAsync();
        await bench.AddForeignAsync(Prefix, IpAddr.Parse("192.0.2.9"), bench.Metric + 1);
        var route = Unicast("203.0.113.0/24", bench.Hop("192.0.2.2", "eth0"));

        Assert.Empty(await InstallAsync(bench, route));
        Assert.Empty(await bench.Dataplane.ApplyAsync([new FibChange(Prefix, route, null)], CancellationToken.None));

        Assert.Empty(await ReadAsync(bench));
        Assert.True(bench.Dataplane.View.ForeignRoutes.TryGet(Prefix, out var _));
    }

    [Fact]
    public async Task A_gateway_that_is_on_no_link_is_refused_and_the_others_proceed()
    {
        await using var bench = await CreateAsync();
        var other = Unicast("203.0.113.64/26", bench.Hop("192.0.2.2", "eth0"));

        var failure = Assert.Single(await InstallAsync(bench, Unicast("203.0.113.0/24", bench.Hop("198.51.100.99", "eth0")), other));

        Assert.Equal((Prefix, FibRefusal.Unreachable), (failure.Prefix, failure.Refusal));
        Assert.Equal([other], await ReadAsync(bench));
    }

    [Fact]
    public async Task A_route_of_ours_that_somebody_removes_is_signalled_and_reads_as_gone()
    {
        await using var bench = await CreateAsync();
        Assert.Empty(await InstallAsync(bench, Unicast("203.0.113.0/24", bench.Hop("192.0.2.2", "eth0"))));

        await bench.RemoveOursAsync(Prefix);

        await WaitForAsync(bench, signal => signal.HasFlag(DataplaneSignal.Routes));
        Assert.Empty(await ReadAsync(bench));
    }

    [Fact]
    public async Task A_foreign_route_is_in_the_view_by_the_time_it_is_signalled_and_gone_likewise()
    {
        await using var bench = await CreateAsync();

        await bench.AddForeignAsync(Prefix, IpAddr.Parse("192.0.2.9"), 50);
        await WaitForAsync(bench, _ => bench.Dataplane.View.ForeignRoutes.TryGet(Prefix, out var _));

        await bench.RemoveForeignAsync(Prefix, 50);
        await WaitForAsync(bench, _ => !bench.Dataplane.View.ForeignRoutes.TryGet(Prefix, out var _));
    }

    [Fact]
    public async Task A_link_that_goes_down_and_comes_back_shows_in_the_view()
    {
        await using var bench = await CreateAsync();

        await bench.SetLinkAsync("eth0", up: false);
        await WaitForAsync(bench, _ => !bench.Dataplane.View.FindLink("eth0")!.IsUp);

        await bench.SetLinkAsync("eth0", up: true);
        await WaitForAsync(bench, _ => bench.Dataplane.View.FindLink("eth0")!.IsUp);
    }

    private static FibRoute Unicast(string prefix, params ResolvedHop[] hops) => new(IpPrefix.Parse(prefix), FibRouteKind.Unicast, [.. hops]);

    private static async Task<FibFailure[]> InstallAsync(DataplaneBench bench, params FibRoute[] routes) =>
        [.. await bench.Dataplane.ApplyAsync([.. routes.Select(route => new FibChange(route.Prefix, null, route))], CancellationToken.None)];

    private static async Task<FibRoute[]> ReadAsync(DataplaneBench bench) =>
        [.. (await bench.Dataplane.ReadAsync(CancellationToken.None)).Routes.Values.OrderBy(route => route.Prefix)];

    private static async Task WaitForAsync(DataplaneBench bench, Func<DataplaneSignal, bool> isIt)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        while (!isIt(await bench.Dataplane.WaitForChangeAsync(limit.Token)))
        {
        }
    }
}
