using Fairway.Dataplanes;
using Fairway.Net;

namespace Fairway.Routing;

/// <content>Carries out the difference.</content>
public sealed partial class RoutingHandler
{
    /// <summary>Routes of ours may lead to next hops of others, which are then decided again; what takes longer goes on with the next step.</summary>
    private const int MaxRounds = 8;

    private async ValueTask CarryOutAsync(CancellationToken cancellationToken)
    {
        ReleaseLeftovers();
        for (var round = 0; round < MaxRounds && _dirty.Count > 0; round++)
        {
            if (!await ApplyDirtyAsync(cancellationToken))
            {
                break;
            }

            DecideAgain(_nextHops.OurRoutesChanged());
        }

        if (_duplicates > 0 && _swept.Count == Families.Length && _dirty.Count == 0)
        {
            var failures = await _dataplane.RemoveDuplicatesAsync(cancellationToken);
            _duplicates = failures.Length;
        }

        Publish(_snapshot.IsStarted);
    }

    /// <returns>Whether anything was sent to the dataplane.</returns>
    private async ValueTask<bool> ApplyDirtyAsync(CancellationToken cancellationToken)
    {
        var free = _dirty.Where(prefix => _table.Find(prefix) is { } entry && IsFree(prefix, entry)).ToList();
        var changes = FibPlanner.Between(prefix => _table.Find(prefix)?.Applied, prefix => _table.Find(prefix)?.Desired, free);
        if (!changes.IsEmpty)
        {
            var failures = (await _dataplane.ApplyAsync(changes, cancellationToken)).ToDictionary(failure => failure.Prefix);
            foreach (var change in changes)
            {
                Record(change, failures.TryGetValue(change.Prefix, out var failure) ? failure : null);
            }
        }

        foreach (var prefix in _dirty)
        {
            Settle(prefix);
        }

        _dirty.Clear();
        return !changes.IsEmpty;
    }

    private bool IsFree(IpPrefix prefix, RouteEntry entry)
    {
        var isKeptLeftover = entry.IsLeftover && entry.Desired is null;
        var isLeftAlone = entry.Drift is EntryDrift.Reported or EntryDrift.Contested;
        var isHeld = entry.Failure is not null && entry.Refused == entry.Desired && _retries.IsHeld(prefix);
        return !isKeptLeftover && !isLeftAlone && !isHeld;
    }

    private void Record(FibChange change, FibFailure? failure)
    {
        var entry = _table.Find(change.Prefix)!;
        if (failure is null)
        {
            _table.Set(change.Prefix, entry with { Applied = change.After });
            return;
        }

        _retries.Failed(change.Prefix);
        _table.Set(change.Prefix, entry with { Failure = failure, Refused = change.After });
    }

    /// <summary>A prefix that is as it should be has no failure and no drift any more.</summary>
    private void Settle(IpPrefix prefix)
    {
        var entry = _table.Find(prefix) ?? RouteEntry.Empty;
        if (entry.Applied != entry.Desired)
        {
            return;
        }

        _retries.Forget(prefix);
        if (entry.Drift is not EntryDrift.None)
        {
            _drift.Close(Layer, prefix.ToString());
        }

        if (entry.Drift is EntryDrift.Contested)
        {
            _contests.Settle(prefix); // the other gave in
        }

        _table.Set(prefix, entry with { Failure = null, Refused = null, Drift = EntryDrift.None });
    }

    /// <summary>Where re-learning is complete, what an earlier run left and nobody wishes for goes (design D8).</summary>
    private void ReleaseLeftovers()
    {
        if (!_wishesKnown)
        {
            return;
        }

        foreach (var family in _completed.Where(_swept.Add))
        {
            foreach (var (prefix, entry) in _table.Items.Where(item => item.Value.IsLeftover && item.Key.Family == family).ToList())
            {
                _table.Set(prefix, entry with { IsLeftover = false });
                _dirty.Add(prefix);
            }
        }
    }
}
