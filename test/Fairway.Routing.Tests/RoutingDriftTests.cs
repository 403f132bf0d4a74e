using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Reconciliation;
using Fairway.Reconciliation.Drift;
using Fairway.Testing.Speakers;

namespace Fairway.Routing.Tests;

/// <summary>Somebody else changes our routes (design D6).</summary>
public sealed class RoutingDriftTests
{
    private const string Prefix = "203.0.113.0/24";

    [Fact]
    public async Task A_route_that_somebody_deletes_comes_back_and_is_listed()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));

        await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
        await bench.SignalAsync();

        Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
        Assert.Equal([$"{Prefix}: via 192.0.2.2 dev eth0, seen absent, repaired"], bench.DriftLines());
    }

    [Fact]
    public async Task A_route_that_changed_without_a_signal_is_found_by_the_audit()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        bench.Fib.Put(bench.Unicast(Prefix, "192.0.2.66", "eth0"));
        bench.Fib.Put(bench.Unicast("203.0.114.0/24", "192.0.2.66", "eth0"));

        await bench.AdvanceAsync(30);

        Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
        Assert.Equal(
        [
            "203.0.113.0/24: via 192.0.2.2 dev eth0, seen via 192.0.2.66 dev eth0, repaired",
            "203.0.114.0/24: absent, seen via 192.0.2.66 dev eth0, repaired",
        ], bench.DriftLines().Order());
    }

    [Fact]
    public async Task What_is_undone_three_times_in_a_minute_is_contested_until_the_wish_changes()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        for (var time = 0; time < 3; time++)
        {
            await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
            await bench.SignalAsync();
        }

        Assert.Equal(("", "contested"), (bench.Fib.Text, bench.Why(Prefix)));
        Assert.Contains($"{Prefix}: via 192.0.2.2 dev eth0, seen absent, contested", bench.DriftLines());
        await bench.AdvanceAsync(30);
        Assert.Equal("", bench.Fib.Text);

        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.3"));
        Assert.Equal($"{Prefix} via 192.0.2.3 dev eth0", bench.Fib.Text);
        Assert.Equal(0, bench.Drift.OpenCount);

        await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
        await bench.SignalAsync();
        Assert.Equal($"{Prefix} via 192.0.2.3 dev eth0", bench.Fib.Text); // counted from the start again
    }

    [Fact]
    public async Task A_contest_ends_when_the_other_gives_in()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        for (var time = 0; time < 3; time++)
        {
            await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
            await bench.SignalAsync();
        }

        bench.Fib.Put(bench.Unicast(Prefix, "192.0.2.2", "eth0"));
        await bench.AdvanceAsync(30);
        Assert.Equal(("", 0), (bench.Why(Prefix), bench.Drift.OpenCount));

        await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
        await bench.SignalAsync();
        Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
    }

    [Fact]
    public async Task A_link_that_flaps_often_is_no_second_writer()
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        for (var time = 0; time < 5; time++)
        {
            bench.Fib.Lose(IpPrefix.Parse(Prefix)); // down and up before anybody looked
            bench.Fib.Signal(DataplaneSignal.View | DataplaneSignal.Routes);
            await bench.SignalAsync();
            Assert.Equal($"{Prefix} via 192.0.2.2 dev eth0", bench.Fib.Text);
        }
    }

    [Fact]
    public async Task With_policy_report_nothing_is_repaired_and_a_new_wish_still_counts()
    {
        using var bench = await RoutingBench.RunningAsync(new RoutingOptions { Reconciler = new ReconcilerOptions { Drift = DriftPolicy.Report } });
        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.2"));
        await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
        await bench.SignalAsync();

        Assert.Equal(("", "drifted"), (bench.Fib.Text, bench.Why(Prefix)));
        Assert.Equal([$"{Prefix}: via 192.0.2.2 dev eth0, seen absent"], bench.DriftLines());

        await bench.LearnAsync(Learn.Route(Prefix, "192.0.2.3"));
        Assert.Equal($"{Prefix} via 192.0.2.3 dev eth0", bench.Fib.Text);
        Assert.Equal(0, bench.Drift.OpenCount);
    }
}
