using Fairway.Net;

namespace Fairway.Dataplanes.Linux;

/// <summary>
/// The prefixes where a route of ours stands at our metric, as last read, applied or told by the kernel. Only there may an
/// installation replace (design D7): a REPLACE hits whatever stands at that metric, also what is not ours. Safe from any thread.
/// </summary>
internal sealed class InstalledPrefixes
{
    private readonly Lock _lock = new();
    private HashSet<IpPrefix> _prefixes = [];

    public bool Contains(IpPrefix prefix)
    {
        lock (_lock)
            return _prefixes.Contains(prefix);
    }

    public void Add(IpPrefix prefix)
    {
        lock (_lock)
            _prefixes.Add(prefix);
    }

    /// <summary>False if it was not there.</summary>
    public bool Remove(IpPrefix prefix)
    {
        lock (_lock)
            return _prefixes.Remove(prefix);
    }

    public void Reset(IEnumerable<IpPrefix> prefixes)
    {
        var next = prefixes.ToHashSet();
        lock (_lock)
            _prefixes = next;
    }
}
