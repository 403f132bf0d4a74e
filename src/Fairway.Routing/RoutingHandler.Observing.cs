using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Reconciliation.Drift;

namespace Fairway.Routing;

/// <content>Compares what is really in the forwarding table with what was put there (design D6).</content>
public sealed partial class RoutingHandler
{
    private const string Absent = "absent";

    private async ValueTask ObserveAsync(bool mayBeContested, CancellationToken cancellationToken)
    {
        var observed = await _dataplane.ReadAsync(cancellationToken);
        _duplicates = observed.Duplicates;
        TakeView(); // first: what went with its link is no longer wished for, and no drift
        foreach (var (prefix, entry) in _table.Items.ToList())
        {
            if (observed.Routes.GetValueOrDefault(prefix) is var seen && seen != entry.Applied)
            {
                Differs(prefix, entry, seen, mayBeContested);
            }
        }

        foreach (var (prefix, seen) in observed.Routes.Where(route => _table.Find(route.Key) is null))
        {
            Differs(prefix, RouteEntry.Empty, seen, mayBeContested);
        }
    }

    private void Differs(IpPrefix prefix, RouteEntry entry, FibRoute? seen, bool mayBeContested)
    {
        var wasAsWished = entry.Applied == entry.Desired;
        var drift = wasAsWished ? DriftOf(prefix, mayBeContested) : entry.Drift;
        if (drift is not EntryDrift.None)
        {
            _drift.Open(Layer, prefix.ToString(), entry.Desired?.ToString() ?? Absent, seen?.ToString() ?? Absent, drift is EntryDrift.Contested);
        }

        _table.Set(prefix, entry with { Applied = seen, Drift = drift });
        _dirty.Add(prefix);
    }

    private EntryDrift DriftOf(IpPrefix prefix, bool mayBeContested)
    {
        if (_options.Reconciler.Drift is DriftPolicy.Report)
        {
            return EntryDrift.Reported;
        }

        return mayBeContested && _contests.Undone(prefix) ? EntryDrift.Contested : EntryDrift.Repairing;
    }
}
