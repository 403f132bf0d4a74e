namespace Fairway.Bgp.Rib.Groups;

/// <summary>What a member works on next.</summary>
internal enum MemberWork
{
    None,
    Changes,
    Dump,
    Refresh,
}

/// <summary>
/// UPDATEs encoded for one member that take any other member of the group the same way: from <see cref="Start"/> to <see cref="End"/> of the log
/// or of the dump. <see cref="Sources"/> are the peers for whom they would read differently.
/// </summary>
internal sealed record SharedUpdate(MemberWork Work, long Version, long Start, long End, ReadOnlyMemory<byte> Bytes, int Messages, int Advertised, HashSet<ushort> Sources);

/// <summary>The last few encoded UPDATEs of a group (design D9: encoded once); a member that lags behind them encodes its own.</summary>
internal sealed class SharedUpdates
{
    private const int Capacity = 8;

    private readonly Queue<SharedUpdate> _updates = new();

    public void Add(SharedUpdate update)
    {
        if (_updates.Count == Capacity)
            _updates.Dequeue();
        _updates.Enqueue(update);
    }

    public SharedUpdate? Find(MemberWork work, long version, long start, ushort peer)
    {
        foreach (var update in _updates)
        {
            if (update.Work == work && update.Version == version && update.Start == start && !update.Sources.Contains(peer))
                return update;
        }

        return null;
    }
}
