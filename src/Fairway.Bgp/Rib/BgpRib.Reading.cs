using Fairway.Bgp.Rib.Decision;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Rib.Tables;
using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>Reads of the tables, in pieces.</summary>
public sealed partial class BgpRib
{
    /// <summary>Zeros for a peer that was removed.</summary>
    public RibCounts Count(RibPeer peer) => _peers[peer.Index] == peer
        ? new(peer.Received, peer.Accepted, peer.Members.Sum(member => member.Advertised))
        : default;

    /// <summary>Adds rows of all paths of about <paramref name="max"/> prefixes and moves the cursor on.</summary>
    public void ReadLocRib(ref RibCursor cursor, int max, ICollection<RibRow> into)
    {
        while (max-- > 0 && Next(ref cursor) is { } at)
            AddLocRib(at.Table, at.Prefix, into);
    }

    /// <summary>Likewise Adj-RIB-In of one peer, with what import and decision said of each path.</summary>
    public void ReadReceived(RibPeer peer, ref RibCursor cursor, int max, ICollection<RibRow> into)
    {
        while (max-- > 0 && Next(ref cursor) is { } at)
            AddReceived(peer, at.Table, at.Prefix, into);
    }

    /// <summary>Likewise Adj-RIB-Out of one peer, as last written.</summary>
    public void ReadAdvertised(RibPeer peer, ref RibCursor cursor, int max, ICollection<RibRow> into)
    {
        while (max-- > 0 && Next(ref cursor) is { } at)
            AddAdvertised(peer, at.Table, at.Prefix, into);
    }

    /// <summary>The same tables for one prefix.</summary>
    public void FindLocRib(IpPrefix prefix, ICollection<RibRow> into)
    {
        if (TableOf(prefix) is var table && table.Find(prefix) is var id and not 0)
            AddLocRib(table, id, into);
    }

    public RibRow? FindReceived(RibPeer peer, IpPrefix prefix)
    {
        var rows = new List<RibRow>();
        if (TableOf(prefix) is var table && table.Find(prefix) is var id and not 0)
            AddReceived(peer, table, id, rows);
        return rows.FirstOrDefault();
    }

    public RibRow? FindAdvertised(RibPeer peer, IpPrefix prefix)
    {
        var rows = new List<RibRow>();
        if (TableOf(prefix) is var table && table.Find(prefix) is var id and not 0)
            AddAdvertised(peer, table, id, rows);
        return rows.FirstOrDefault();
    }

    private (FamilyTable Table, uint Prefix)? Next(ref RibCursor cursor)
    {
        while (!cursor.IsAtEnd)
        {
            var table = _families[cursor.Family].Table;
            if (++cursor.Prefix < table.HighWater)
            {
                if (table.IsInUse(cursor.Prefix))
                    return (table, cursor.Prefix);
                continue;
            }

            cursor.Prefix = 0;
            cursor.IsAtEnd = ++cursor.Family == _families.Length;
        }

        return null;
    }

    private void AddLocRib(FamilyTable table, uint prefix, ICollection<RibRow> into)
    {
        var isLocal = table.Locals.TryGetValue(prefix, out var local);
        if (isLocal)
        {
            var reason = table.Prefix(prefix).Best == 0 ? DecisionStep.OnlyPath : DecisionStep.LocalOrigin;
            var attributes = _attributes.Read(local!.Attributes[0]).Value.ToRouteAttributes();
            into.Add(new(table.PrefixOf(prefix), null, attributes, Best: true, Multipath: false, Stale: false, DecisionText.Of(reason)));
        }

        for (var id = table.Prefix(prefix).FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
        {
            if (table.Path(id).Accepted != 0)
                into.Add(RowOf(table, id, table.Path(id).Accepted));
        }
    }

    private void AddReceived(RibPeer peer, FamilyTable table, uint prefix, ICollection<RibRow> into)
    {
        if (table.FindPath(prefix, peer.Index) is var path and not 0)
            into.Add(RowOf(table, path, table.Path(path).Received));
    }

    private void AddAdvertised(RibPeer peer, FamilyTable table, uint prefix, ICollection<RibRow> into)
    {
        if (peer.Members.Find(member => member.Group.Table == table)?.Written(prefix) is not (uint written and not 0))
            return;
        var attributes = _attributes.Read(written).Value.ToRouteAttributes();
        into.Add(new(table.PrefixOf(prefix), peer.Options.Key, attributes, Best: true, Multipath: false, Stale: false, Reason: null));
    }

    private RibRow RowOf(FamilyTable table, uint id, uint attributes)
    {
        ref var path = ref table.Path(id);
        var isUsed = (table.Prefix(path.Prefix).Flags & PrefixFlags.Local) == 0;
        var isBest = isUsed && table.Prefix(path.Prefix).Best == id;
        return new(
            table.PrefixOf(path.Prefix),
            Peer(path.Peer).Options.Key,
            _attributes.Read(attributes).Value.ToRouteAttributes(),
            isBest,
            Multipath: isUsed && !isBest && (path.Flags & PathFlags.Selected) != 0,
            Stale: (path.Flags & PathFlags.Stale) != 0,
            ReasonOf(table, path));
    }

    private string ReasonOf(FamilyTable table, in PathEntry path)
    {
        var prefix = table.PrefixOf(path.Prefix);
        if (path.Accepted == 0)
            return ImportRules.Evaluate(_options, Peer(path.Peer).Options, prefix, _attributes.Read(path.Received)).Reason ?? "import again";
        if ((table.Prefix(path.Prefix).Flags & PrefixFlags.Dirty) != 0)
            return table.IsDeferred ? "selection-deferred" : "undecided";
        if ((path.Flags & PathFlags.Eligible) == 0)
            return _selection.Resolve(table, path) is { Reason: { } why } ? $"{DecisionText.NextHopUnreachable}: {why}" : DecisionText.NextHopUnreachable;
        var isSetAside = (path.Flags & PathFlags.Selected) != 0 && (table.Prefix(path.Prefix).Flags & PrefixFlags.Local) != 0;
        return DecisionText.Of(isSetAside ? DecisionStep.LocalOrigin : path.Step);
    }
}
