using System.Collections.Immutable;

namespace Fairway.Reconciliation.Drift;

/// <summary>Open drift of all layers and the last repaired items. Several loops write, anybody reads snapshots.</summary>
public sealed class DriftLog(TimeProvider time)
{
    /// <summary>How many repaired items stay listed.</summary>
    public const int RepairedKept = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Layer, string Object), DriftItem> _open = [];
    private readonly Queue<DriftItem> _repaired = [];

    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Seen, perhaps again: an item that is open keeps the time since when.</summary>
    public void Open(string layer, string name, string desired, string observed, bool contested = false)
    {
        lock (_lock)
        {
            var since = _open.TryGetValue((layer, name), out var known) ? known.Since : time.GetUtcNow();
            _open[(layer, name)] = new DriftItem
            {
                Layer = layer,
                Object = name,
                Desired = desired,
                Observed = observed,
                Since = since,
                Contested = contested,
            };
        }
    }

    /// <summary>It is again as it should be.</summary>
    public void Close(string layer, string name)
    {
        lock (_lock)
        {
            if (_open.Remove((layer, name), out var item))
            {
                Keep(item with { Repaired = true, Contested = false });
            }
        }
    }

    /// <summary>Open items by age, then the repaired ones, the newest first.</summary>
    public ImmutableArray<DriftItem> Snapshot()
    {
        lock (_lock)
        {
            return [.. _open.Values.OrderBy(item => item.Since), .. _repaired.Reverse()];
        }
    }

    private void Keep(DriftItem item)
    {
        _repaired.Enqueue(item);
        if (_repaired.Count > RepairedKept)
        {
            _repaired.Dequeue();
        }
    }
}
