using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Reconciliation.Drift;
using Fairway.Reconciliation.Retries;
using Fairway.Routing.Forwarding;
using Fairway.Routing.NextHops;
using Fairway.Speakers;

namespace Fairway.Routing;

/// <summary>
/// Brings the forwarding table to what is learned and keeps it there: desired → plan → apply → observe. It owns an entry per prefix. The
/// routing loop calls it and calls do not overlap; <see cref="Snapshot"/>, <see cref="Find"/>, <see cref="IsLearned"/> and
/// <see cref="Explain"/> may be used from any thread.
/// </summary>
public sealed partial class RoutingHandler
{
    /// <summary>The layer's word in drift.</summary>
    private const string Layer = "dataplane";

    /// <summary>More remembered questions than this, and all are forgotten at the next audit.</summary>
    private const int RememberedQuestions = 50_000;

    private static readonly AddressFamily[] Families = [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast];

    private readonly ISpeaker _speaker;
    private readonly IDataplane _dataplane;
    private readonly NextHopTable _nextHops;
    private readonly RoutingTable _table;
    private readonly DriftLog _drift;
    private readonly RoutingOptions _options;
    private readonly TimeProvider _time;
    private readonly RetrySchedule<IpPrefix> _retries;
    private readonly ContestWatch<IpPrefix> _contests;
    private readonly AuditSchedule _audits;
    private readonly HashSet<IpPrefix> _dirty = [];
    private readonly HashSet<AddressFamily> _completed = [];
    private readonly HashSet<AddressFamily> _swept = [];
    private RoutingWishes _wishes = new();
    private bool _wishesKnown;
    private Protection _protection;
    private int _duplicates;
    private volatile RoutingSnapshot _snapshot = new() { Restarting = [.. Families] };

    public RoutingHandler(ISpeaker speaker, IDataplane dataplane, NextHopTable nextHops, DriftLog drift, RoutingOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(nextHops);
        ArgumentNullException.ThrowIfNull(options);
        _speaker = speaker;
        _dataplane = dataplane;
        _nextHops = nextHops;
        _table = nextHops.Ours;
        _drift = drift;
        _options = options;
        _time = time;
        _retries = new(time, options.Reconciler.FirstRetry, options.Reconciler.LongestRetry);
        _contests = new(time);
        _audits = new(time, options.Reconciler.AuditInterval);
        _protection = new(options, KernelView.Empty, []);
    }

    /// <summary>A prefix of <see cref="RoutingWishes.Watched"/> is learned now, or no longer. Raised on the routing loop.</summary>
    public event Action? WatchedChanged;

    public RoutingSnapshot Snapshot => _snapshot;

    /// <summary>When <see cref="RunDueAsync"/> has something to do.</summary>
    public DateTimeOffset NextDue => _dirty.Count > 0 ? _time.GetUtcNow()
        : _retries.NextDue is { } retry && retry < _audits.Due ? retry
        : _audits.Due;

    private bool HasDataplane => _dataplane.Kind != NoDataplane.KindName;

    /// <summary>Takes the routes that an earlier run left as applied: what is wished for again stays untouched.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var observed = await _dataplane.ReadAsync(cancellationToken);
        foreach (var (prefix, route) in observed.Routes)
        {
            _table.Set(prefix, RouteEntry.Empty with { Applied = route, IsLeftover = true });
        }

        _duplicates = observed.Duplicates;
        TakeView();
        Publish(isStarted: true);
    }

    /// <summary>Takes what peers taught us since the last batch.</summary>
    public async ValueTask ApplyLearnedAsync(LearnedBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var watchedChanged = false;
        foreach (var (prefix, route) in batch.Changes)
        {
            var entry = _table.Find(prefix) ?? RouteEntry.Empty;
            watchedChanged |= _wishes.Watched.Contains(prefix) && entry.Learned is null != route is null;
            Decide(prefix, entry with { Learned = route });
        }

        _completed.UnionWith(batch.CompletedFamilies);
        await CarryOutAsync(cancellationToken);
        if (watchedChanged)
        {
            WatchedChanged?.Invoke();
        }
    }

    /// <summary>Takes new blackholes, peers and watched prefixes. Leftovers are not swept before this was called once.</summary>
    public async ValueTask ApplyWishesAsync(RoutingWishes wishes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        var blackholes = _wishes.Blackholes.SymmetricExcept(wishes.Blackholes);
        _wishes = wishes;
        _wishesKnown = true;
        foreach (var prefix in blackholes)
        {
            Decide(prefix, (_table.Find(prefix) ?? RouteEntry.Empty) with { Blackhole = wishes.Blackholes.Contains(prefix) });
        }

        TakeProtection();
        await CarryOutAsync(cancellationToken);
    }

    /// <summary>Looks where the dataplane says that something changed.</summary>
    public async ValueTask ApplySignalAsync(DataplaneSignal signal, CancellationToken cancellationToken)
    {
        if (signal.HasFlag(DataplaneSignal.Routes))
        {
            // Routes that go with their link were not removed by a second writer.
            await ObserveAsync(mayBeContested: !signal.HasFlag(DataplaneSignal.View), cancellationToken);
        }
        else
        {
            TakeView();
        }

        await CarryOutAsync(cancellationToken);
    }

    /// <summary>Tries again what is due, and audits when it is time.</summary>
    public async ValueTask RunDueAsync(CancellationToken cancellationToken)
    {
        _dirty.UnionWith(_retries.Due());
        await CarryOutAsync(cancellationToken);
        if (_audits.IsDue)
        {
            await AuditAsync(cancellationToken);
        }
    }

    /// <summary>Reads all our routes back, tells drift, and repairs it where the policy says so.</summary>
    public ValueTask AuditAsync(CancellationToken cancellationToken) => _audits.RunAsync(async () =>
    {
        await ObserveAsync(mayBeContested: true, cancellationToken);
        await CarryOutAsync(cancellationToken);
        _contests.Prune();
        if (_nextHops.Remembered > RememberedQuestions)
        {
            _speaker.NextHopsChanged(_nextHops.Forget());
        }
    });

    /// <summary>Whether and why not a prefix is installed.</summary>
    public RouteInstallation Find(IpPrefix prefix) => RouteInstallation.Of(_table.Find(prefix));

    /// <summary>What peers taught us of a prefix: the best path and those that share the load with it; null: nothing, or our own route is the best.</summary>
    public LearnedRoute? LearnedOf(IpPrefix prefix) => _table.Find(prefix)?.Learned;

    /// <summary>Whether peers taught us a prefix.</summary>
    public bool IsLearned(IpPrefix prefix) => _table.Find(prefix) is { Learned: not null };

    private void Publish(bool isStarted)
    {
        var (learned, installed, refused) = _table.Counts;
        _snapshot = new RoutingSnapshot
        {
            IsStarted = isStarted,
            Learned = learned,
            Installed = installed,
            Refused = refused,
            Restarting = [.. Families.Where(family => !_swept.Contains(family))],
        };
    }
}
