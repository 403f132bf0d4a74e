using Fairway.Bgp.Rib.Decision;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>Runs the decision process for one prefix of the tables and keeps its outcome there.</summary>
internal sealed class PathSelection
{
    private readonly AttributeStore _attributes;
    private readonly NextHopTable _nextHops;
    private readonly INextHopResolver _resolver;
    private readonly Func<ushort, RibPeer> _peers;
    private readonly Func<int, int, bool> _hasSameAsPath;

    // Of the prefix at hand; kept from one to the next, so that a decision allocates nothing.
    private readonly List<uint> _ids = [];
    private readonly List<int> _others = [];
    private Candidate[] _candidates = new Candidate[8];
    private DecisionStep[] _steps = new DecisionStep[8];
    private FamilyTable? _table;

    public PathSelection(AttributeStore attributes, NextHopTable nextHops, INextHopResolver resolver, Func<ushort, RibPeer> peers)
    {
        _attributes = attributes;
        _nextHops = nextHops;
        _resolver = resolver;
        _peers = peers;
        _hasSameAsPath = HasSameAsPath;
    }

    public MultipathOptions Multipath { get; set; } = new();

    /// <summary>True when the selected paths, or something about them, are not what they were.</summary>
    public bool Decide(FamilyTable table, uint prefix)
    {
        _table = table;
        Collect(table, prefix);
        var best = _ids.Count == 0 ? 0 : _ids[Select()];
        for (var i = 0; i < _ids.Count; i++)
            table.Path(_ids[i]).Step = _steps[i];
        return Apply(table, prefix, best);
    }

    /// <summary>How the next hop of an accepted path is reached; never through the route itself (design D14).</summary>
    public NextHopResolution Resolve(FamilyTable table, in PathEntry path)
    {
        var nextHop = _nextHops[path.NextHop];
        var resolution = nextHop.Resolution;
        if (resolution is not { ViaOurs: true, Via: { } via } || nextHop.Query is not { } query)
            return resolution;
        var prefix = table.PrefixOf(path.Prefix);
        return via == prefix ? _resolver.Resolve(query, prefix) : resolution;
    }

    private int Select()
    {
        var candidates = _candidates.AsSpan(0, _ids.Count);
        var best = DecisionProcess.Select(candidates, _steps.AsSpan(0, _ids.Count));
        MultipathSelection.Select(candidates, _steps, best, Multipath, _hasSameAsPath, _others);
        return best;
    }

    private void Collect(FamilyTable table, uint prefix)
    {
        _ids.Clear();
        _others.Clear();
        for (var id = table.Prefix(prefix).FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
        {
            ref var path = ref table.Path(id);
            var resolution = path.Accepted == 0 ? null : Resolve(table, path);
            var isEligible = resolution is { IsReachable: true };
            path.Flags = isEligible ? path.Flags | PathFlags.Eligible : path.Flags & ~PathFlags.Eligible;
            if (isEligible)
                AddCandidate(id, path, resolution!.Metric);
        }
    }

    private void AddCandidate(uint id, in PathEntry path, uint metric)
    {
        if (_ids.Count == _candidates.Length)
        {
            Array.Resize(ref _candidates, _candidates.Length * 2);
            Array.Resize(ref _steps, _candidates.Length);
        }

        var peer = _peers(path.Peer);
        ref readonly var entry = ref _attributes[path.Accepted];
        _candidates[_ids.Count] = new()
        {
            Weight = entry.Weight,
            LocalPref = entry.LocalPref,
            AsPathLength = entry.AsPathLength,
            Origin = entry.Origin,
            NeighborAsn = new(entry.NeighborAsn),
            Med = entry.Med,
            IsExternal = peer.Options.Type == PeerType.External,
            IgpMetric = metric,
            RouterId = entry.OriginatorId != 0 ? new RouterId(entry.OriginatorId) : peer.RouterId,
            Peer = peer.Options.Key,
        };
        _ids.Add(id);
    }

    private bool Apply(FamilyTable table, uint prefix, uint best)
    {
        ref var entry = ref table.Prefix(prefix);
        var changed = entry.Best != best || (entry.Flags & PrefixFlags.LearnedChanged) != 0;
        entry.Best = best;
        entry.Flags &= ~PrefixFlags.LearnedChanged;
        for (var id = entry.FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
        {
            ref var path = ref table.Path(id);
            var was = (path.Flags & PathFlags.Selected) != 0;
            var isSelected = id == best || IsOther(id);
            changed |= was != isSelected || (isSelected && (path.Flags & PathFlags.Changed) != 0);
            path.Flags = (path.Flags & ~(PathFlags.Selected | PathFlags.Changed)) | (isSelected ? PathFlags.Selected : PathFlags.None);
        }

        return changed;
    }

    private bool IsOther(uint id)
    {
        foreach (var other in _others)
        {
            if (_ids[other] == id)
                return true;
        }

        return false;
    }

    private bool HasSameAsPath(int left, int right)
    {
        var (first, second) = (_table!.Path(_ids[left]).Accepted, _table.Path(_ids[right]).Accepted);
        return first == second || _attributes.Read(first).Value.AsPath == _attributes.Read(second).Value.AsPath;
    }
}
