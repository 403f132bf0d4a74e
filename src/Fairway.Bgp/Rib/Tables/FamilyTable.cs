using Fairway.Net;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>Prefixes and paths of one family: Adj-RIB-In of all peers and Loc-RIB in one table, since a path is the same in both.</summary>
internal sealed partial class FamilyTable
{
    private readonly AttributeStore _attributes;
    private readonly NextHopTable _nextHops;
    private readonly IPrefixIndex _index;
    private readonly PagedArray<PrefixEntry> _prefixes = new();
    private readonly Slab<PathEntry> _paths = new();

    public FamilyTable(AddressFamily family, AttributeStore attributes, NextHopTable nextHops)
    {
        Family = family;
        _attributes = attributes;
        _nextHops = nextHops;
        _index = family.IsIPv6 ? new PrefixIndex<UInt128>() : new PrefixIndex<uint>();
        _prefixes.EnsureLength(1);
    }

    public AddressFamily Family { get; }

    /// <summary>Our own routes by prefix id.</summary>
    public Dictionary<uint, LocalRoute> Locals { get; } = [];

    public uint HighWater => _index.HighWater;

    public int PrefixCount => _index.Count;

    public int PathCount => _paths.Count;

    public ref PrefixEntry Prefix(uint id) => ref _prefixes[id];

    public ref PathEntry Path(uint id) => ref _paths[id];

    public IpPrefix PrefixOf(uint id) => _index[id];

    /// <summary>0 when nothing names the prefix.</summary>
    public uint Find(IpPrefix prefix) => _index.Find(prefix);

    /// <summary>True where <paramref name="id"/>, below <see cref="HighWater"/>, is a prefix and not a free id.</summary>
    public bool IsInUse(uint id) => _prefixes[id].Uses > 0;

    /// <summary>Finds or adds the prefix and takes a use of it.</summary>
    public uint Hold(IpPrefix prefix)
    {
        var id = _index.FindOrAdd(prefix, out var isNew);
        if (isNew)
            _prefixes.EnsureLength(id + 1);
        return Hold(id);
    }

    public uint Hold(uint prefix)
    {
        _prefixes[prefix].Uses++;
        return prefix;
    }

    public void Release(uint prefix)
    {
        if (--_prefixes[prefix].Uses > 0)
            return;
        _prefixes[prefix] = default;
        _index.Remove(prefix);
    }

    public uint FindPath(uint prefix, ushort peer)
    {
        var id = _prefixes[prefix].FirstPath;
        while (id != 0 && _paths[id].Peer != peer)
            id = _paths[id].NextOfPrefix;
        return id;
    }

    /// <summary>The best learned path, unless it was rejected since the last decision; 0 for none.</summary>
    public uint UsableBest(uint prefix) => _prefixes[prefix].Best is var best and not 0 && _paths[best].Accepted != 0 ? best : 0;

    /// <summary>A new path; takes over the uses of both attribute ids.</summary>
    public uint AddPath(uint prefix, ushort peer, uint received, uint accepted, NextHopEntry nextHop)
    {
        ref var entry = ref _prefixes[Hold(prefix)];
        var id = _paths.Add(new()
        {
            Prefix = prefix,
            NextOfPrefix = entry.FirstPath,
            Received = received,
            Accepted = accepted,
            Peer = peer,
            Flags = PathFlags.Changed,
        });
        entry.FirstPath = id;
        LinkNextHop(id, nextHop);
        return id;
    }

    /// <summary>New attributes for a path; takes over the uses of both ids.</summary>
    public void ReplacePath(uint id, uint received, uint accepted, NextHopEntry nextHop)
    {
        ref var path = ref _paths[id];
        if (path.NextHop != nextHop.Index)
        {
            UnlinkNextHop(id);
            LinkNextHop(id, nextHop);
        }

        _attributes.Release(path.Received);
        _attributes.Release(path.Accepted);
        path.Received = received;
        path.Accepted = accepted;
    }

    public void RemovePath(uint id)
    {
        var path = _paths[id];
        UnlinkNextHop(id);
        ref var link = ref _prefixes[path.Prefix].FirstPath;
        while (link != id)
            link = ref _paths[link].NextOfPrefix;
        link = path.NextOfPrefix;
        ref var entry = ref _prefixes[path.Prefix];
        entry.Best = entry.Best == id ? 0 : entry.Best;
        if ((path.Flags & PathFlags.Selected) != 0)
            entry.Flags |= PrefixFlags.LearnedChanged;
        _attributes.Release(path.Received);
        _attributes.Release(path.Accepted);
        _paths.Free(id);
        Release(path.Prefix);
    }

    private void LinkNextHop(uint id, NextHopEntry nextHop)
    {
        ref var path = ref _paths[id];
        path.NextHop = nextHop.Index;
        path.NextOfNextHop = nextHop.FirstPath;
        path.PreviousOfNextHop = 0;
        if (nextHop.FirstPath != 0)
            _paths[nextHop.FirstPath].PreviousOfNextHop = id;
        nextHop.FirstPath = id;
        nextHop.Count++;
    }

    private void UnlinkNextHop(uint id)
    {
        ref var path = ref _paths[id];
        var nextHop = _nextHops[path.NextHop];
        if (path.PreviousOfNextHop == 0)
            nextHop.FirstPath = path.NextOfNextHop;
        else
            _paths[path.PreviousOfNextHop].NextOfNextHop = path.NextOfNextHop;
        if (path.NextOfNextHop != 0)
            _paths[path.NextOfNextHop].PreviousOfNextHop = path.PreviousOfNextHop;
        if (--nextHop.Count == 0)
            _nextHops.Remove(nextHop);
    }
}
