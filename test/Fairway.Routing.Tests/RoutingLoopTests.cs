using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Testing.Speakers;
using Fairway.Testing.Time;

namespace Fairway.Routing.Tests;

public sealed class RoutingLoopTests
{
    private const string Prefix = "203.0.113.0/24";

    [Fact]
    public async Task The_loop_follows_speaker_dataplane_wishes_and_time()
    {
        using var bench = new RoutingBench();
        using var stop = new CancellationTokenSource();
        var loop = new RoutingLoop(bench.Handler, bench.Speaker, bench.Fib, bench.Time);
        var running = loop.RunAsync(stop.Token);

        loop.SetWishes(new RoutingWishes { Blackholes = [IpPrefix.Parse("203.0.112.0/20")] });
        bench.Speaker.Learned.Learn(Learn.Route(Prefix, "192.0.2.2"));
        bench.Speaker.Learned.Complete(AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast);
        await Eventually.HoldsAsync(() => bench.Handler.Snapshot is { Installed: 2, Restarting.IsEmpty: true }, "both routes are installed");

        await bench.Host.RemoveOursAsync(IpPrefix.Parse(Prefix));
        await Eventually.HoldsAsync(() => bench.DriftLines().Any(line => line.EndsWith("repaired", StringComparison.Ordinal)), "the removed route is back");

        bench.Fib.Reading = () => bench.Fib.Duplicates.Clear();
        bench.Fib.Duplicates.Add(bench.Unicast(Prefix, "192.0.2.2", "eth0"));
        await Eventually.HoldsAsync(() => bench.Time.PendingTimers > 0, "the loop waits for the audit");
        await Eventually.HoldsAsync(() =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(10));
            return bench.Fib.Duplicates.Count == 0;
        }, "the audit reads");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_loop_that_failed_and_runs_again_loses_nothing_that_was_learned()
    {
        using var bench = new RoutingBench();
        using var stop = new CancellationTokenSource();
        var loop = new RoutingLoop(bench.Handler, bench.Speaker, bench.Fib, bench.Time);
        bench.Fib.Refuses = _ => throw new InvalidOperationException("the socket broke");
        loop.SetWishes(new RoutingWishes());
        bench.Speaker.Learned.Learn(Learn.Route(Prefix, "192.0.2.2"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => loop.RunAsync(stop.Token));

        bench.Fib.Refuses = _ => null;
        var running = loop.RunAsync(stop.Token);

        await Eventually.HoldsAsync(() => bench.Handler.Snapshot.Installed == 1, "the route is installed");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
