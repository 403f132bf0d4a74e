using Fairway.Bgp.Rib.Groups;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Rib.Tables;
using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>Says why.</summary>
public sealed partial class BgpRib
{
    /// <summary>How far the peer's path came; without a peer, the path that came farthest.</summary>
    public ImportExplanation ExplainImport(IpPrefix prefix, RibPeer? peer)
    {
        var table = TableOf(prefix);
        var id = table.Find(prefix);
        var path = id == 0 ? 0 : peer is not null ? table.FindPath(id, peer.Index) : Farthest(table, id);
        if (path == 0)
            return new(peer?.Options.Key, ImportGate.Received, peer?.Options.Name, null, "no peer sent this prefix", null);
        return ExplainPath(table, path, prefix);
    }

    /// <summary>How far the prefix's route came on its way to the peer.</summary>
    public ExportExplanation ExplainExport(IpPrefix prefix, RibPeer peer)
    {
        var table = TableOf(prefix);
        var id = table.Find(prefix);
        if (id == 0 || RouteFor(table, id, peer) is not { } route)
            return new(ExportGate.Route, null, null, RouteMissing(table, id), null);
        if (peer.Session is not { } session)
            return new(ExportGate.Session, peer.Options.Name, null, "the session is not established", null);
        if (peer.Members.Find(member => member.Group.Table == table) is not { } member)
            return new(ExportGate.Family, peer.Options.Name, "families", $"{table.Family} is not negotiated with this peer", null);
        if (route.From == peer.Index)
            return new(ExportGate.Export, peer.Options.Name, null, "learned from this peer itself", null);

        var outcome = ExportRules.Evaluate(_options, ExportTarget.Of(peer.Options, session, table.Family), route.Route);
        if (outcome.Attributes is not { } sent)
            return new(outcome.Gate, outcome.Object ?? peer.Options.Name, outcome.Field, outcome.Reason, null);
        var isWritten = member.Written(id) is var written and not 0 && _attributes.Read(written).Equals(sent);
        return isWritten
            ? new(null, null, null, null, sent.Value.ToRouteAttributes())
            : new(ExportGate.Sent, peer.Options.Name, null, WhyNotSent(table, member), sent.Value.ToRouteAttributes());
    }

    private ImportExplanation ExplainPath(FamilyTable table, uint id, IpPrefix prefix)
    {
        ref var path = ref table.Path(id);
        var owner = Peer(path.Peer).Options;
        var received = _attributes.Read(path.Received);
        var shown = received.Value.ToRouteAttributes();
        if (ImportRules.Evaluate(_options, owner, prefix, received) is { IsAccepted: false } refused)
            return new(owner.Key, ImportGate.Import, refused.Object, refused.Field, refused.Reason, shown);
        if (path.Accepted != 0)
            shown = _attributes.Read(path.Accepted).Value.ToRouteAttributes();
        if ((path.Flags & PathFlags.Eligible) == 0 && (table.Prefix(path.Prefix).Flags & PrefixFlags.Dirty) == 0)
            return new(owner.Key, ImportGate.NextHop, shown.NextHop.ToString(), "nextHop", ReasonOf(table, path), shown);
        var isUsed = (path.Flags & PathFlags.Selected) != 0 && (table.Prefix(path.Prefix).Flags & PrefixFlags.Local) == 0;
        return new(owner.Key, isUsed ? null : ImportGate.Best, null, null, ReasonOf(table, path), shown);
    }

    private static uint Farthest(FamilyTable table, uint prefix)
    {
        var farthest = table.Prefix(prefix).Best;
        for (var id = table.Prefix(prefix).FirstPath; farthest == 0 && id != 0; id = table.Path(id).NextOfPrefix)
            farthest = table.Path(id).Accepted != 0 ? id : 0;
        return farthest != 0 ? farthest : table.Prefix(prefix).FirstPath;
    }

    // What the peer would be sent, before any rule: our own route if one of its alternatives covers the peer, else the best learned one.
    private (ExportRoute Route, ushort From)? RouteFor(FamilyTable table, uint prefix, RibPeer peer)
    {
        if (table.Locals.TryGetValue(prefix, out var local))
        {
            var covering = local.Advertised.Alternatives.Items.ToList().FindIndex(alternative => alternative.Covers(peer.Options.Key));
            if (covering >= 0)
            {
                var source = ExportSource.Local(local.Advertised.Alternatives[covering].Attributes.Prepend);
                return (new(table.PrefixOf(prefix), _attributes.Read(local.Attributes[covering]), source), 0);
            }
        }

        var best = table.UsableBest(prefix);
        if (best == 0)
            return null;
        ref var path = ref table.Path(best);
        return (new(table.PrefixOf(prefix), _attributes.Read(path.Accepted), ExportSource.Learned(Peer(path.Peer).Options)), path.Peer);
    }

    private static string RouteMissing(FamilyTable table, uint prefix) =>
        prefix == 0 ? "there is no route for this prefix"
        : table.IsDeferred ? "route selection waits for restarting peers (RFC 4724 §4.1)"
        : table.Locals.ContainsKey(prefix) ? "our route is not for this peer, and none is learned"
        : "no usable path";

    private static string WhyNotSent(FamilyTable table, GroupMember member) =>
        table.IsDeferred ? "route selection waits for restarting peers (RFC 4724 §4.1)"
        : member.IsCurrent ? "the peer has another route: the next audit repairs it"
        : "waiting to be written to the peer";
}
