using Fairway.Bgp.Rib.Plain;
using Fairway.Bgp.Rib.Tables;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>Never trusts its own tables (design D6): samples are decided again from Adj-RIB-In by the plain oracle.</summary>
public sealed partial class BgpRib
{
    private RibCursor _auditCursor;

    /// <summary>
    /// Compares the next <paramref name="prefixes"/> prefixes (rotating) with the plain oracle: Loc-RIB, and Adj-RIB-Out as last written of every
    /// peer that nothing waits for. Prefixes that wait for a decision are left out.
    /// </summary>
    public IReadOnlyList<RibMismatch> Audit(int prefixes)
    {
        var plain = new PlainDecision(_options, _selection.Multipath, _resolver);
        var mismatches = new List<RibMismatch>();
        while (prefixes-- > 0 && Next(ref _auditCursor) is { } at)
        {
            if ((at.Table.Prefix(at.Prefix).Flags & PrefixFlags.Dirty) == 0 && !at.Table.IsDeferred && _reimports.Count == 0)
                Audit(plain, at.Table, at.Prefix, mismatches);
        }

        if (_auditCursor.IsAtEnd)
            _auditCursor = default;
        return mismatches;
    }

    /// <summary>Decides the prefix again from what was received and sends what differs.</summary>
    public void Repair(RibMismatch mismatch)
    {
        var table = TableOf(mismatch.Prefix);
        var prefix = table.Find(mismatch.Prefix);
        if (prefix == 0)
            return;
        for (var id = table.Prefix(prefix).FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
            ImportAgain(new(Peer(table.Path(id).Peer), table) { IsTreatmentChanged = true }, id);
        foreach (var group in FindFamily(table.Family)!.Groups)
            group.ForgetOutcomes();
        table.MarkDirty(prefix);
    }

    /// <summary>For tests: forgets the best path, as a defect would.</summary>
    internal void CorruptLocRib(IpPrefix prefix)
    {
        var table = TableOf(prefix);
        ref var entry = ref table.Prefix(table.Find(prefix));
        table.Path(entry.Best).Flags &= ~PathFlags.Selected;
        entry.Best = 0;
    }

    /// <summary>For tests: the peer is taken to have nothing for the prefix.</summary>
    internal void CorruptAdjRibOut(IpPrefix prefix, RibPeer peer)
    {
        var table = TableOf(prefix);
        peer.Members.Find(member => member.Group.Table == table)!.Group.Log.Corrupt(table.Find(prefix));
    }

    private void Audit(PlainDecision plain, FamilyTable table, uint prefix, List<RibMismatch> mismatches)
    {
        var name = table.PrefixOf(prefix);
        var choice = plain.Choose(name, ReceivedPaths(table, prefix));
        var desired = Show(choice.Best?.Peer.Key, choice.Attributes?.Value, choice.Others);
        var observed = ShowSelected(table, prefix);
        if (desired != observed)
            mismatches.Add(new(RibTable.LocRib, name, null, desired, observed));

        var local = table.Locals.GetValueOrDefault(prefix)?.Advertised;
        foreach (var member in FindFamily(table.Family)!.Groups.SelectMany(group => group.Members).Where(member => member.IsCurrent))
        {
            var should = plain.Export(name, member.Peer.Options, member.Peer.Session!, local, choice);
            var written = member.Written(prefix) is var id and not 0 ? _attributes.Read(id) : null;
            if (!Equals(should, written))
                mismatches.Add(new(RibTable.AdjRibOut, name, member.Peer.Options.Key, Show(should), Show(written)));
        }
    }

    private List<PlainPath> ReceivedPaths(FamilyTable table, uint prefix)
    {
        var paths = new List<PlainPath>();
        for (var id = table.Prefix(prefix).FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
        {
            ref var path = ref table.Path(id);
            var peer = Peer(path.Peer);
            var link = _nextHops[path.NextHop].Query is { } query ? query.Interface : peer.Session?.Interface ?? peer.Options.Key.Interface;
            paths.Add(new(peer.Options, peer.RouterId, link, _attributes.Read(path.Received)));
        }

        return paths;
    }

    private string ShowSelected(FamilyTable table, uint prefix)
    {
        var best = table.Prefix(prefix).Best;
        var others = new List<PeerKey>();
        for (var id = table.Prefix(prefix).FirstPath; id != 0; id = table.Path(id).NextOfPrefix)
        {
            if (id != best && (table.Path(id).Flags & PathFlags.Selected) != 0)
                others.Add(Peer(table.Path(id).Peer).Options.Key);
        }

        return best == 0
            ? Show(null, null, others.Order().ToValueList())
            : Show(Peer(table.Path(best).Peer).Options.Key, _attributes.Read(table.Path(best).Accepted).Value, others.Order().ToValueList());
    }

    private static string Show(PeerKey? best, Wire.PathAttributes? attributes, ValueList<PeerKey> others) =>
        best is null ? $"no path {others}" : $"via {best} {others} {attributes!.ToRouteAttributes()}";

    private static string Show(Wire.AttributeSet? attributes) => attributes is null ? "not advertised" : attributes.Value.ToRouteAttributes().ToString();
}
