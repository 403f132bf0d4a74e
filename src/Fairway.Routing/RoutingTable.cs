using Fairway.Net;

namespace Fairway.Routing;

/// <summary>All prefixes with their entries. The routing loop alone writes; single look-ups are safe from any thread.</summary>
internal sealed class RoutingTable
{
    private readonly Lock _lock = new();
    private readonly PrefixMap<RouteEntry> _entries = new();
    private int _learned;
    private int _installed;
    private int _refused;

    /// <summary>Prefixes that are learned, in place as decided, and refused by the dataplane.</summary>
    public (int Learned, int Installed, int Refused) Counts
    {
        get
        {
            lock (_lock)
            {
                return (_learned, _installed, _refused);
            }
        }
    }

    public RouteEntry? Find(IpPrefix prefix)
    {
        lock (_lock)
        {
            return _entries.TryGet(prefix, out var entry) ? entry : null;
        }
    }

    /// <summary>The entries that lead to an address, the most specific first.</summary>
    public IReadOnlyList<KeyValuePair<IpPrefix, RouteEntry>> Matches(IpAddr address)
    {
        lock (_lock)
        {
            return [.. _entries.Matches(address)];
        }
    }

    /// <summary>For the writer alone.</summary>
    public IEnumerable<KeyValuePair<IpPrefix, RouteEntry>> Items => _entries.Items;

    /// <summary>For the writer alone: replaces an entry, or removes it once there is nothing to remember.</summary>
    public void Set(IpPrefix prefix, RouteEntry entry)
    {
        lock (_lock)
        {
            if (_entries.TryGet(prefix, out var before))
            {
                Count(before, -1);
            }

            if (entry.IsVoid)
            {
                _entries.Remove(prefix);
                return;
            }

            Count(entry, 1);
            _entries[prefix] = entry;
        }
    }

    private void Count(RouteEntry entry, int by)
    {
        _learned += entry.Learned is null ? 0 : by;
        _installed += entry.IsInstalled ? by : 0;
        _refused += entry.Failure is null ? 0 : by;
    }
}
