using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Routing.Forwarding;
using Fairway.Speakers;
using Fairway.Testing.Speakers;

namespace Fairway.Routing.Tests;

/// <summary>The host has eth0 (192.0.2.1/24, 2001:db8::1/64) and eth1 (198.51.100.1/24, 2001:db8:1::1/64), both up.</summary>
public sealed class RoutingHandlerTests
{
    private const string Prefix = "203.0.113.0/24";

    [Fact]
    public async Task Learned_routes_are_installed_changed_and_removed()
    {
        using var bench = await RoutingBench.RunningAsync();

        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"), Learn.Route("2001:db8:a::/48", "2001:db8::2"));
        Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0\n2001:db8:a::/48 via 2001:db8::2 dev eth0", bench.Fib.Text);

        await bench.LearnAsync(Learn.Route(Prefix, "198.51.100.2"));
        Assert.Contains($"{Prefix} via 198.51.100.2 dev eth1", bench.Fib.Text, StringComparison.Ordinal);

        await bench.WithdrawAsync(Prefix, "2001:db8:a::/48");
        Assert.Equal("", bench.Fib.Text);
        Assert.Equal((0, 0), (bench.Handler.Snapshot.Learned, bench.Handler.Snapshot.Installed));
    }

    [Fact]
    public async Task A_batch_in_which_nothing_changes_sends_nothing_to_the_dataplane()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        bench.Fib.Batches.Clear();

        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        await bench.AdvanceAsync(30);

        Assert.Empty(bench.Fib.Batches);
    }

    [Fact]
    public async Task The_counts_tell_what_is_learned_installed_and_refused()
    {
        using var bench = await RoutingBench.RunningAsync();
        bench.Fib.Refuses = change => change.Prefix == IpPrefix.Parse(Prefix) ? new FibFailure(change.Prefix, FibRefusal.Other, "no buffer space") : null;

        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"), Learn.Route("0.0.0.0/0", "192.0.2.2"), Learn.Route("203.0.114.0/24", "192.0.2.2"));

        Assert.Equal((3, 1, 1), (bench.Handler.Snapshot.Learned, bench.Handler.Snapshot.Installed, bench.Handler.Snapshot.Refused));
        Assert.Equal(("refused", "protected", ""), (bench.Why(Prefix), bench.Why("0.0.0.0/0"), bench.Why("203.0.114.0/24")));
    }

    [Fact]
    public async Task A_refused_route_is_tried_again_later_each_time_while_the_others_are_in_place()
    {
        using var bench = await RoutingBench.RunningAsync();
        var tries = 0;
        bench.Fib.Refuses = change =>
        {
            tries += change.Prefix == IpPrefix.Parse(Prefix) ? 1 : 0;
            return change.Prefix == IpPrefix.Parse(Prefix) ? new FibFailure(change.Prefix, FibRefusal.Other, "no buffer space") : null;
        };
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"), Learn.Route("203.0.114.0/24", "192.0.2.2"));
        Assert.Equal("203.0.114.0/24 via 192.0.2.2 dev eth0", bench.Fib.Text);

        await bench.LearnAsync(Learn.Route("203.0.115.0/24", "192.0.2.2"));
        await bench.LearnAsync(Learn.Route(Prefix, Learn.Path("192.0.2.2"), Learn.Path("192.0.2.3", install: false)));
        Assert.Equal(1, tries); // neither other routes nor a news that leads to the same route hurry it
        await bench.AdvanceAsync(1);
        await bench.AdvanceAsync(1);
        Assert.Equal(2, tries);
        await bench.AdvanceAsync(1);
        Assert.Equal(3, tries);

        bench.Fib.Refuses = _ => null;
        await bench.AdvanceAsync(4);
        Assert.Equal("", bench.Why(Prefix));
    }

    [Fact]
    public async Task A_refused_route_that_is_withdrawn_is_forgotten()
    {
        using var bench = await RoutingBench.RunningAsync();
        bench.Fib.Refuses = change => new FibFailure(change.Prefix, FibRefusal.Other, "no buffer space");
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));

        await bench.WithdrawAsync(Prefix);

        Assert.Equal("not-learned", bench.Why(Prefix));
        Assert.Equal(0, bench.Handler.Snapshot.Refused);
        Assert.Equal(bench.Time.GetUtcNow().AddSeconds(30), bench.Handler.NextDue);
    }

    [Fact]
    public async Task A_foreign_route_at_our_prefix_and_metric_is_a_conflict_until_it_goes()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.Host.AddForeignAsync(IpPrefix.Parse(Prefix), IpAddr.Parse("192.0.2.9"), bench.Host.Metric);
        await bench.SignalAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        Assert.Equal("conflict", bench.Why(Prefix));
        bench.Fib.Batches.Clear();

        await bench.Host.AddForeignAsync(IpPrefix.Parse("203.0.114.0/24"), IpAddr.Parse("192.0.2.9"), 50);
        await bench.SignalAsync();
        Assert.Empty(bench.Fib.Batches); // another foreign route is no reason to try

        await bench.Host.RemoveForeignAsync(IpPrefix.Parse(Prefix), bench.Host.Metric);
        await bench.SignalAsync();
        Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
    }

    [Fact]
    public async Task A_link_that_goes_down_takes_its_routes_along_and_brings_them_back_and_neither_is_drift()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"), Learn.Route("203.0.114.0/24", "192.0.2.2", "198.51.100.2"), Learn.Route("2001:db8:a::/48", "2001:db8::2"));
        var before = bench.Fib.Text;

        await bench.LinkAsync("eth0", up: false);
        Assert.Equal("203.0.114.0/24 via 198.51.100.2 dev eth1", bench.Fib.Text);
        Assert.Equal("next-hop-unreachable", bench.Why(Prefix));
        Assert.NotEmpty(bench.Speaker.ChangedNextHops);

        await bench.LinkAsync("eth0", up: true);
        Assert.Equal(before, bench.Fib.Text);
        Assert.Empty(bench.DriftLines());
    }

    [Fact]
    public async Task An_internal_route_is_installed_by_the_gateway_of_our_route_to_its_next_hop_and_follows_it()
    {
        using var bench = await RoutingBench.RunningAsync();
        var overlay = Learn.Route(Prefix, Learn.Path("10.0.0.9", NextHopReach.Ours));
        await bench.LearnAsync(overlay);
        Assert.Equal("next-hop-unreachable", bench.Why(Prefix));

        await bench.LearnAsync(Learn.Route("10.0.0.0/24", "192.0.2.2"));
        Assert.Equal($"10.0.0.0/24 via 192.0.2.2 dev eth0\n{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
        Assert.Contains(overlay.Paths[0].NextHop, bench.Speaker.ChangedNextHops);

        await bench.LearnAsync(Learn.Route("10.0.0.0/24", "198.51.100.2"));
        Assert.Equal($"10.0.0.0/24 via 198.51.100.2 dev eth1\n{Prefix} via 198.51.100.2 dev eth1", bench.Fib.Text);

        await bench.WithdrawAsync("10.0.0.0/24");
        Assert.Equal("", bench.Fib.Text);
    }

    [Fact]
    public async Task A_changed_next_hop_costs_only_the_prefixes_behind_it()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync([.. Enumerable.Range(0, 100).Select(number => Learn.Route($"203.0.{number}.0/24", number == 7 ? "198.51.100.2" : "192.0.2.2"))]);
        bench.Fib.Batches.Clear();

        await bench.LinkAsync("eth1", up: false);

        Assert.All(bench.Steps, step => Assert.Equal(IpPrefix.Parse("203.0.7.0/24"), step.Prefix));
    }

    [Fact]
    public async Task An_aggregate_gets_an_unreachable_route_as_long_as_it_is_wished()
    {
        using var bench = await RoutingBench.RunningAsync();
        var aggregate = IpPrefix.Parse("203.0.112.0/20");

        await bench.WishAsync(new RoutingWishes { Blackholes = [aggregate, IpPrefix.Parse("0.0.0.0/0")] });
        Assert.Equal("203.0.112.0/20 unreachable", bench.Fib.Text);
        Assert.Equal("protected", bench.Why("0.0.0.0/0"));

        await bench.WishAsync(new RoutingWishes());
        Assert.Equal("", bench.Fib.Text);
    }

    [Fact]
    public async Task A_prefix_that_becomes_protected_or_free_again_follows()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));

        await bench.WishAsync(new RoutingWishes { SessionAddresses = [IpAddr.Parse("203.0.113.9")] });
        Assert.Equal(("", "protected"), (bench.Fib.Text, bench.Why(Prefix)));

        await bench.WishAsync(new RoutingWishes());
        Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
    }

    [Fact]
    public async Task Watched_prefixes_that_come_and_go_are_told()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.WishAsync(new RoutingWishes { Watched = [IpPrefix.Parse("0.0.0.0/0")] });
        var told = 0;
        bench.Handler.WatchedChanged += () => told++;

        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        Assert.Equal(0, told);
        await bench.LearnAsync(Learn.Route("0.0.0.0/0", "192.0.2.2"));
        await bench.LearnAsync(Learn.Route("0.0.0.0/0", "192.0.2.3"));
        Assert.Equal(1, told);
        Assert.True(bench.Handler.IsLearned(IpPrefix.Parse("0.0.0.0/0")));
        await bench.WithdrawAsync("0.0.0.0/0");
        Assert.Equal(2, told);
    }

    [Theory]
    [InlineData(Prefix, "protected:Pass kernel:Pass", null)]
    [InlineData("0.0.0.0/0", "protected:Fail kernel:Skipped", "dataplane.allowProtected")]
    [InlineData("203.0.114.0/24", "protected:Pass kernel:Fail", "spec.learned.install")]
    [InlineData("203.0.115.0/24", "protected:Pass kernel:Fail", null)] // not learned
    public async Task The_last_gates_say_why_a_prefix_is_not_in_the_kernel(string prefix, string expected, string? field)
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"), Learn.Route("0.0.0.0/0", "192.0.2.2"), Learn.Route("203.0.114.0/24", Learn.Path("192.0.2.2", install: false)));

        var gates = bench.Handler.Explain(IpPrefix.Parse(prefix));

        Assert.Equal(expected, string.Join(' ', gates.Select(gate => $"{gate.Name}:{gate.Result}")));
        Assert.Equal(field, gates.FirstOrDefault(gate => gate.Result is GateResult.Fail)?.Field);
        Assert.All(gates.Where(gate => gate.Result is GateResult.Fail), gate => Assert.False(string.IsNullOrEmpty(gate.Reason)));
    }

    [Fact]
    public async Task Without_a_dataplane_routes_are_known_and_not_installed()
    {
        using var bench = new RoutingBench();
        var dataplane = new NoDataplane();
        var handler = new RoutingHandler(bench.Speaker, dataplane, new Routing.NextHops.NextHopTable(dataplane, 20), bench.Drift, new RoutingOptions(), bench.Time);
        await handler.StartAsync(CancellationToken.None);
        await handler.ApplyWishesAsync(new RoutingWishes { Blackholes = [IpPrefix.Parse("203.0.112.0/20")] }, CancellationToken.None);

        var route = Learn.Route(Prefix, "172.16.0.9");
        await handler.ApplyLearnedAsync(new LearnedBatch([new LearnedChange(route.Prefix, route)], [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast]), CancellationToken.None);

        Assert.Equal(NotInstalledReason.NoDataplane, handler.Find(IpPrefix.Parse(Prefix)).Reason);
        Assert.Equal(1, handler.Snapshot.Learned);
        Assert.Empty(handler.Snapshot.Restarting);
    }
}
