using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Routing.Forwarding;

namespace Fairway.Routing;

/// <content>What should be in the forwarding table.</content>
public sealed partial class RoutingHandler
{
    private void Decide(IpPrefix prefix, RouteEntry entry)
    {
        var before = _table.Find(prefix);
        var decision = DecisionFor(prefix, entry);
        if (decision.Route != entry.Desired)
        {
            _contests.Settle(prefix); // a new wish ends the old contest
            entry = entry with { Drift = entry.Drift is EntryDrift.None ? EntryDrift.None : EntryDrift.Repairing };
        }

        entry = entry with { Decision = decision };
        if (entry == before)
        {
            return;
        }

        _table.Set(prefix, entry);
        if (entry.Applied != entry.Desired || entry.Failure is not null || entry.Drift is EntryDrift.Repairing)
        {
            _dirty.Add(prefix);
        }
    }

    private ForwardingDecision DecisionFor(IpPrefix prefix, RouteEntry entry)
    {
        if (entry is { Learned: null, Blackhole: false })
        {
            return default;
        }

        if (!HasDataplane)
        {
            return ForwardingDecision.No(NotInstalledReason.NoDataplane);
        }

        return entry.Blackhole
            ? ForwardingCompiler.CompileBlackhole(prefix, _protection)
            : ForwardingCompiler.Compile(entry.Learned!, _nextHops, _protection);
    }

    /// <summary>Takes the newest links and foreign routes, and decides again what they touch.</summary>
    private void TakeView()
    {
        var view = _dataplane.View;
        DecideAgain(_nextHops.Refresh(view));
        TakeProtection();
        foreach (var prefix in _retries.Waiting)
        {
            if (_table.Find(prefix)?.Failure is { } failure && MayBeOver(failure, view))
            {
                _retries.Hasten(prefix);
                _dirty.Add(prefix);
            }
        }
    }

    private bool MayBeOver(FibFailure failure, KernelView view) => failure.Refusal switch
    {
        FibRefusal.Conflict => !view.ForeignRoutes.TryGet(failure.Prefix, out var foreign) || !foreign.Any(route => route.Metric == _options.Metric),
        FibRefusal.Unreachable => true,
        _ => false,
    };

    private void TakeProtection()
    {
        var protection = new Protection(_options, _dataplane.View, _wishes.SessionAddresses);
        if (protection.SameAs(_protection))
        {
            return;
        }

        _protection = protection;
        foreach (var (prefix, entry) in _table.Items.ToList())
        {
            Decide(prefix, entry);
        }
    }

    /// <summary>Tells the speaker which answers changed, and decides again what depends on them.</summary>
    private void DecideAgain(IReadOnlyCollection<NextHopQuery> changed)
    {
        if (changed.Count == 0)
        {
            return;
        }

        _speaker.NextHopsChanged(changed);
        var questions = changed.ToHashSet();
        var affected = _table.Items
            .Where(item => item.Value.Learned is { } learned && learned.Paths.Any(path => ForwardingCompiler.QueriesOf(path).Any(questions.Contains)))
            .ToList();
        foreach (var (prefix, entry) in affected)
        {
            Decide(prefix, entry);
        }
    }
}
