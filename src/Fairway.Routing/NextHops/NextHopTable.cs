using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Routing.NextHops;

/// <summary>
/// Resolves next hops against the kernel's routes and ours (design D14), from any thread. It remembers what was asked; the routing loop tells
/// it of a new kernel view or new routes of ours, and gets the questions whose answers differ since.
/// </summary>
public sealed class NextHopTable : INextHopResolver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(NextHopQuery Query, IpPrefix? Excluding), ResolvedNextHop> _asked = [];
    private readonly bool _isChecked;
    private readonly uint _ourMetric;
    private NextHopLookup _lookup;

    /// <param name="dataplane">Without one (<see cref="NoDataplane"/>) every next hop counts as reached.</param>
    /// <param name="ourMetric">The metric of our routes.</param>
    public NextHopTable(IDataplane dataplane, uint ourMetric)
    {
        ArgumentNullException.ThrowIfNull(dataplane);
        _isChecked = dataplane.Kind != NoDataplane.KindName;
        _ourMetric = ourMetric;
        _lookup = new NextHopLookup(dataplane.View, Ours, ourMetric);
    }

    internal RoutingTable Ours { get; } = new();

    /// <summary>How many different questions are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (_lock)
            {
                return _asked.Count;
            }
        }
    }

    public NextHopResolution Resolve(in NextHopQuery query, IpPrefix? excluding = null)
    {
        if (!_isChecked)
        {
            return NextHopResolution.Unchecked;
        }

        lock (_lock)
        {
            var plain = Answer(query, null);
            return excluding is { } own && plain.Through.Contains(own) ? Answer(query, own).Answer : plain.Answer;
        }
    }

    /// <summary>Links, addresses or foreign routes are new.</summary>
    /// <returns>The questions that now have another answer.</returns>
    public IReadOnlyCollection<NextHopQuery> Refresh(KernelView view)
    {
        lock (_lock)
        {
            _lookup = new NextHopLookup(view, Ours, _ourMetric);
            return AskAgain(_ => true);
        }
    }

    /// <summary>Routes of ours came, changed or went.</summary>
    /// <returns>The questions that now have another answer.</returns>
    public IReadOnlyCollection<NextHopQuery> OurRoutesChanged()
    {
        lock (_lock)
        {
            return AskAgain(query => query.Reach is not NextHopReach.Foreign);
        }
    }

    /// <summary>Forgets all questions, so that those that nobody needs any more do not pile up.</summary>
    /// <returns>The forgotten ones: who still needs an answer must be told to ask again.</returns>
    public IReadOnlyCollection<NextHopQuery> Forget()
    {
        lock (_lock)
        {
            var forgotten = _asked.Keys.Select(asked => asked.Query).ToHashSet();
            _asked.Clear();
            return forgotten;
        }
    }

    private HashSet<NextHopQuery> AskAgain(Func<NextHopQuery, bool> concerns)
    {
        var changed = new HashSet<NextHopQuery>();
        foreach (var (asked, before) in _asked.Where(asked => concerns(asked.Key.Query)).ToList())
        {
            var now = Look(asked.Query, asked.Excluding);
            if (!now.SameAs(before))
            {
                _asked[asked] = now;
                changed.Add(asked.Query);
            }
        }

        return changed;
    }

    private ResolvedNextHop Answer(in NextHopQuery query, IpPrefix? excluding)
    {
        if (!_asked.TryGetValue((query, excluding), out var answer))
        {
            _asked[(query, excluding)] = answer = Look(query, excluding);
        }

        return answer;
    }

    private ResolvedNextHop Look(in NextHopQuery query, IpPrefix? excluding) =>
        _lookup.Resolve(query, excluding is { } own ? [own] : []);
}
