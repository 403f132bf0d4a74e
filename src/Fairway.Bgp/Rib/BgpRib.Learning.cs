using Fairway.Bgp.Policy;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Rib.Tables;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Rib;

/// <summary>What peers send: Adj-RIB-In.</summary>
public sealed partial class BgpRib
{
    /// <summary>Takes an UPDATE in. Its End-of-RIB marker is for the session to judge: see <see cref="EndOfRib"/>.</summary>
    public void Learn(RibPeer peer, UpdateMessage update)
    {
        foreach (var prefix in update.Withdrawn)
            Withdraw(peer, prefix);
        foreach (var announced in update.Announced)
        {
            if (FindFamily(announced.Family) is { } family)
                Learn(peer, family.Table, announced);
        }
    }

    /// <summary>The peer has sent all: what is still stale goes (RFC 4724 §4.2).</summary>
    public void EndOfRib(RibPeer peer, AddressFamily family) => SweepStale(peer, family);

    /// <summary>The restart timer ran out, or the family came back without forwarding state: what is stale goes.</summary>
    public void SweepStale(RibPeer peer, AddressFamily family)
    {
        if (!HasStale(peer, family) || FindFamily(family) is not { Table: var table })
            return;
        foreach (var path in PathsOf(peer, table))
        {
            if ((table.Path(path).Flags & PathFlags.Stale) != 0)
                RemovePath(peer, table, path);
        }
    }

    /// <summary>Paths of the family are still kept for the peer's restart.</summary>
    public bool HasStale(RibPeer peer, AddressFamily family) => FindFamily(family) is not null && peer.Stale.GetValueOrDefault(family) > 0;

    /// <summary>The answers to these questions have changed; their prefixes, and no others, are decided again.</summary>
    public void NextHopsChanged(IReadOnlyCollection<NextHopQuery> queries)
    {
        foreach (var query in queries)
        {
            foreach (var nextHop in _nextHops.Find(query))
            {
                nextHop.Resolution = _resolver.Resolve(query);
                var table = FindFamily(nextHop.Key.Family)!.Table;
                for (var id = nextHop.FirstPath; id != 0; id = table.Path(id).NextOfNextHop)
                {
                    table.Path(id).Flags |= PathFlags.Changed;
                    table.MarkDirty(table.Path(id).Prefix);
                }
            }
        }
    }

    private void Learn(RibPeer peer, FamilyTable table, AnnouncedRoutes announced)
    {
        var received = _attributes.Intern(announced.Attributes);
        var isShared = PolicyEvaluator.IgnoresPrefix(PeerFamilies.Of(peer.Options, table.Family).Import);
        Imported? shared = null;
        foreach (var prefix in announced.Prefixes)
        {
            var imported = shared ?? Import(peer, table, prefix, announced.Attributes);
            SetPath(peer, table, prefix, received, imported);
            if (isShared)
                shared = imported;
            else
                _attributes.Release(imported.Attributes);
        }

        if (shared is { } last)
            _attributes.Release(last.Attributes);
        _attributes.Release(received);
    }

    // The attributes' use is the caller's; 0: rejected.
    private readonly record struct Imported(uint Attributes, NextHopEntry NextHop);

    private Imported Import(RibPeer peer, FamilyTable table, IpPrefix prefix, AttributeSet received)
    {
        var outcome = ImportRules.Evaluate(_options, peer.Options, prefix, received);
        if (outcome.Attributes is not { } attributes)
            return new(0, _nextHops.FindOrAdd(new(peer.Index, table.Family, null, null)));
        var query = new NextHopQuery(
            attributes.Value.NextHop ?? default, peer.Options.Key.Address, peer.Session?.Interface ?? peer.Options.Key.Interface, ReachOf(peer.Options));
        var nextHop = _nextHops.FindOrAdd(new(peer.Index, table.Family, query, attributes.Value.LinkLocalNextHop));
        return new(_attributes.Intern(attributes, outcome.Weight), nextHop);
    }

    private void SetPath(RibPeer peer, FamilyTable table, IpPrefix prefix, uint received, Imported imported)
    {
        var id = table.Hold(prefix);
        var path = table.FindPath(id, peer.Index);
        if (path == 0)
        {
            table.AddPath(id, peer.Index, _attributes.Hold(received), _attributes.Hold(imported.Attributes), imported.NextHop);
            peer.Received++;
            peer.Accepted += imported.Attributes != 0 ? 1 : 0;
            if (imported.Attributes != 0)
                table.MarkDirty(id);
        }
        else
        {
            ReplacePath(peer, table, path, received, imported, isTouched: false);
        }

        table.Release(id);
    }

    // A path that comes again as it was costs nothing further.
    private void ReplacePath(RibPeer peer, FamilyTable table, uint id, uint received, Imported imported, bool isTouched)
    {
        ref var path = ref table.Path(id);
        ClearStale(peer, table, ref path);
        var isSame = path.Accepted == imported.Attributes && path.NextHop == imported.NextHop.Index;
        peer.Accepted += (imported.Attributes != 0 ? 1 : 0) - (path.Accepted != 0 ? 1 : 0);
        if (!isSame || path.Received != received)
            table.ReplacePath(id, _attributes.Hold(received), _attributes.Hold(imported.Attributes), imported.NextHop);
        if (isSame && !isTouched)
            return;
        path.Flags |= PathFlags.Changed;
        table.MarkDirty(path.Prefix);
    }

    private void Withdraw(RibPeer peer, IpPrefix prefix)
    {
        var table = TableOf(prefix);
        var id = table.Find(prefix);
        if (id != 0 && table.FindPath(id, peer.Index) is var path and not 0)
            RemovePath(peer, table, path);
    }

    private static void RemovePath(RibPeer peer, FamilyTable table, uint id)
    {
        ref var path = ref table.Path(id);
        ClearStale(peer, table, ref path);
        peer.Received--;
        if (path.Accepted != 0)
        {
            peer.Accepted--;
            table.MarkDirty(path.Prefix);
        }

        table.RemovePath(id);
    }

    private static void MarkStale(RibPeer peer, FamilyTable table, uint id)
    {
        ref var path = ref table.Path(id);
        if ((path.Flags & PathFlags.Stale) != 0)
            return;
        path.Flags |= PathFlags.Stale;
        peer.Stale[table.Family] = peer.Stale.GetValueOrDefault(table.Family) + 1;
    }

    private static void ClearStale(RibPeer peer, FamilyTable table, ref PathEntry path)
    {
        if ((path.Flags & PathFlags.Stale) == 0)
            return;
        path.Flags &= ~PathFlags.Stale;
        peer.Stale[table.Family]--;
    }

    // Design D14: internal peers and multihop ones may be reached over routes of ours, multihop ones over the default route too.
    internal static NextHopReach ReachOf(PeerOptions peer) => peer switch
    {
        { Type: PeerType.Internal } => NextHopReach.Ours,
        { MultihopTtl: > 1 } => NextHopReach.OursAndDefault,
        _ => NextHopReach.Foreign,
    };
}
