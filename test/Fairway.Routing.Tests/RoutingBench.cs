using System.Collections.Immutable;
using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Reconciliation;
using Fairway.Reconciliation.Drift;
using Fairway.Routing.Forwarding;
using Fairway.Routing.NextHops;
using Fairway.Speakers;
using Fairway.Testing.Dataplanes;
using Fairway.Testing.Speakers;
using Fairway.Testing.Time;

namespace Fairway.Routing.Tests;

/// <summary>A routing handler between a fake speaker and the host of <see cref="DataplaneBench"/>, whose time the test moves.</summary>
internal sealed class RoutingBench : IDisposable
{
    private static readonly AddressFamily[] Families = [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast];

    public RoutingBench(RoutingOptions? options = null)
    {
        Options = options ?? new RoutingOptions();
        Drift = new DriftLog(Time);
        (NextHops, Handler) = Start();
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeSpeaker Speaker { get; } = new();

    public FakeDataplaneBench Host { get; } = new();

    public DriftLog Drift { get; }

    public RoutingOptions Options { get; }

    public NextHopTable NextHops { get; private set; }

    public RoutingHandler Handler { get; private set; }

    public FakeDataplane Fib => Host.Fake;

    /// <summary>Steps that reached the dataplane.</summary>
    public IEnumerable<FibChange> Steps => Fib.Batches.SelectMany(batch => batch);

    /// <summary>A handler that has read the dataplane and knows that nothing restarts.</summary>
    public static async Task<RoutingBench> RunningAsync(RoutingOptions? options = null)
    {
        var bench = new RoutingBench(options);
        await bench.Handler.StartAsync(CancellationToken.None);
        await bench.WishAsync(new RoutingWishes());
        await bench.CompleteAsync();
        return bench;
    }

    /// <summary>The agent dies; another one starts beside the same dataplane.</summary>
    public async Task RestartAsync()
    {
        (NextHops, Handler) = Start();
        Fib.Batches.Clear();
        await Handler.StartAsync(CancellationToken.None);
    }

    public Task LearnAsync(params LearnedRoute[] routes) =>
        Handler.ApplyLearnedAsync(new LearnedBatch([.. routes.Select(route => new LearnedChange(route.Prefix, route))], []), CancellationToken.None).AsTask();

    public Task WithdrawAsync(params string[] prefixes) =>
        Handler.ApplyLearnedAsync(new LearnedBatch([.. prefixes.Select(prefix => new LearnedChange(IpPrefix.Parse(prefix), null))], []), CancellationToken.None).AsTask();

    public Task CompleteAsync(params AddressFamily[] families) =>
        Handler.ApplyLearnedAsync(new LearnedBatch([], [.. families.Length == 0 ? Families : families]), CancellationToken.None).AsTask();

    public Task WishAsync(RoutingWishes wishes) => Handler.ApplyWishesAsync(wishes, CancellationToken.None).AsTask();

    /// <summary>Lets the handler look at what the dataplane signalled.</summary>
    public async Task SignalAsync() =>
        await Handler.ApplySignalAsync(await Fib.WaitForChangeAsync(CancellationToken.None), CancellationToken.None);

    public async Task AdvanceAsync(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        await Handler.RunDueAsync(CancellationToken.None);
    }

    public async Task LinkAsync(string link, bool up)
    {
        await Host.SetLinkAsync(link, up);
        await SignalAsync();
    }

    public string Why(string prefix) => Handler.Find(IpPrefix.Parse(prefix)).Reason.ToWord();

    public string[] DriftLines() =>
        [.. Drift.Snapshot().Select(item => $"{item.Object}: {item.Desired}, seen {item.Observed}{(item.Repaired ? ", repaired" : item.Contested ? ", contested" : "")}")];

    public FibRoute Unicast(string prefix, string gateway, string link) => new(IpPrefix.Parse(prefix), FibRouteKind.Unicast, [Host.Hop(gateway, link)]);

    public void Dispose() => Speaker.EventWriter.TryComplete();

    private (NextHopTable NextHops, RoutingHandler Handler) Start()
    {
        var nextHops = new NextHopTable(Fib, Options.Metric);
        return (nextHops, new RoutingHandler(Speaker, Fib, nextHops, Drift, Options, Time));
    }
}
