using System.Collections.Immutable;
using System.Threading.Channels;
using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Testing.Dataplanes;

/// <summary>
/// A forwarding table in memory with links and foreign routes that the test moves. It refuses what a kernel refuses: a foreign route at our
/// prefix and metric, and a gateway over an interface that is down.
/// </summary>
public sealed class FakeDataplane : IDataplane
{
    /// <summary>The metric our routes are installed with.</summary>
    public const uint Metric = 20;

    private readonly Channel<DataplaneSignal> _signals = Channel.CreateUnbounded<DataplaneSignal>();
    private readonly Dictionary<IpPrefix, FibRoute> _routes = [];

    public string Kind => "fake";

    public KernelView View { get; private set; } = KernelView.Empty;

    /// <summary>Every batch that was carried out.</summary>
    public List<IReadOnlyList<FibChange>> Batches { get; } = [];

    /// <summary>Says why a change is refused, or null.</summary>
    public Func<FibChange, FibFailure?> Refuses { get; set; } = _ => null;

    /// <summary>How long a read takes, played by the test's clock.</summary>
    public Action Reading { get; set; } = () => { };

    public IReadOnlyDictionary<IpPrefix, FibRoute> Routes => _routes;

    /// <summary>Routes of ours that an earlier configuration left elsewhere.</summary>
    public List<FibRoute> Duplicates { get; } = [];

    /// <summary>One line per route, sorted, as <c>ip route</c> would show it.</summary>
    public string Text => string.Join('\n', _routes.Values.OrderBy(route => route.Prefix).Select(route => $"{route.Prefix} {route}"));

    /// <summary>Puts a route of ours there as an earlier run or a second writer would, without a word.</summary>
    public void Put(FibRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        _routes[route.Prefix] = route;
    }

    /// <summary>Takes a route of ours away behind our back, without a word.</summary>
    public void Lose(IpPrefix prefix) => _routes.Remove(prefix);

    public void Signal(DataplaneSignal signal) => _signals.Writer.TryWrite(signal);

    /// <summary>Sets links and foreign routes; a link that goes down takes our IPv4 routes over it along, as Linux does.</summary>
    public void SetView(IEnumerable<Link> links, IEnumerable<ForeignRoute> foreign)
    {
        var map = new PrefixMap<ValueList<ForeignRoute>>();
        foreach (var group in foreign.GroupBy(route => route.Prefix))
        {
            map[group.Key] = group.OrderBy(route => route.Metric).ToValueList();
        }

        View = new KernelView(links.ToValueList(), map);
        foreach (var route in _routes.Values.Where(route => !route.Prefix.IsIPv6 && route.Hops.Any(hop => !IsUp(hop))).ToList())
        {
            _routes.Remove(route.Prefix);
        }
    }

    public ValueTask<FibObservation> ReadAsync(CancellationToken cancellationToken)
    {
        Reading();
        return ValueTask.FromResult(new FibObservation(_routes.ToImmutableDictionary(), Duplicates.Count));
    }

    public ValueTask<ImmutableArray<FibFailure>> ApplyAsync(IReadOnlyList<FibChange> changes, CancellationToken cancellationToken)
    {
        Batches.Add([.. changes]);
        var failures = ImmutableArray.CreateBuilder<FibFailure>();
        foreach (var change in changes)
        {
            if ((Refuses(change) ?? KernelRefuses(change)) is { } failure)
            {
                failures.Add(failure);
            }
            else if (change.After is { } route)
            {
                _routes[change.Prefix] = route;
            }
            else
            {
                _routes.Remove(change.Prefix);
            }
        }

        return ValueTask.FromResult(failures.ToImmutable());
    }

    public ValueTask<ImmutableArray<FibFailure>> RemoveDuplicatesAsync(CancellationToken cancellationToken)
    {
        Duplicates.Clear();
        return ValueTask.FromResult(ImmutableArray<FibFailure>.Empty);
    }

    public async ValueTask<DataplaneSignal> WaitForChangeAsync(CancellationToken cancellationToken)
    {
        var signal = await _signals.Reader.ReadAsync(cancellationToken);
        while (_signals.Reader.TryRead(out var more))
        {
            signal |= more;
        }

        return signal;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private FibFailure? KernelRefuses(FibChange change)
    {
        if (change.After is not { } route)
        {
            return null;
        }

        if (View.ForeignRoutes.TryGet(change.Prefix, out var foreign) && foreign.Any(other => other.Metric == Metric))
        {
            return new FibFailure(change.Prefix, FibRefusal.Conflict, "a foreign route stands at this prefix and metric");
        }

        return route.Hops.Any(hop => !IsUp(hop) || !IsOnLink(hop)) ? new FibFailure(change.Prefix, FibRefusal.Unreachable, "network is unreachable") : null;
    }

    private bool IsOnLink(ResolvedHop hop) => hop.Gateway is not { } gateway || gateway.IsLinkLocal
        || View.FindLink(hop.Interface)!.Addresses.Any(address => address.Subnet.Contains(gateway));

    private bool IsUp(ResolvedHop hop) => View.FindLink(hop.Interface) is { IsUp: true };
}
