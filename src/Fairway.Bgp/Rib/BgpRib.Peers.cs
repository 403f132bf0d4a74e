using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Rib.Tables;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>Peers come, change and go.</summary>
public sealed partial class BgpRib
{
    public RibPeer AddPeer(PeerOptions options)
    {
        if (!_freePeers.TryPop(out var index))
        {
            index = checked((ushort)_peers.Count);
            _peers.Add(null);
        }

        return _peers[index] = new(index, options);
    }

    /// <summary>New policies or treatment, no reset: import is decided again from Adj-RIB-In, export again, and only outcomes that differ are sent.</summary>
    public void UpdatePeer(RibPeer peer, PeerOptions options)
    {
        var before = peer.Options;
        peer.Options = options;
        foreach (var family in _families)
        {
            if (ImportDiffers(before, options, family.Family))
                ImportAgain(peer, family.Table, before.Learned != options.Learned);
        }

        RegroupMembers(peer);
    }

    /// <summary>Forgets the peer and all it taught.</summary>
    public void RemovePeer(RibPeer peer)
    {
        PeerDown(peer, []);
        _reimports.RemoveAll(reimport => reimport.Peer == peer);
        _peers[peer.Index] = null;
        _freePeers.Push(peer.Index);
    }

    /// <summary>The session is Established: every negotiated family gets its initial dump, then End-of-RIB.</summary>
    public void PeerUp(RibPeer peer, RibSession session)
    {
        var isSameRouter = peer.RouterId == session.PeerRouterId;
        peer.Session = session;
        peer.RouterId = session.PeerRouterId;
        foreach (var family in _families)
        {
            if (!isSameRouter)
                DecideAgain(peer, family.Table);
            if (session.Families.Items.Contains(family.Family))
                JoinGroup(peer, session, family);
        }
    }

    /// <summary>
    /// The session is gone. Paths of <paramref name="keepStale"/> stay as stale, except those that were stale before (RFC 4724 §4.2); all others
    /// are deleted. Calling it again for a peer that is down deletes what is not to be kept any more.
    /// </summary>
    public void PeerDown(RibPeer peer, IReadOnlyCollection<AddressFamily> keepStale)
    {
        foreach (var member in peer.Members.ToArray())
            LeaveGroup(member);
        var wasUp = peer.Session is not null;
        peer.Session = null;
        foreach (var family in _families)
        {
            var keeps = keepStale.Contains(family.Family);
            foreach (var path in PathsOf(peer, family.Table))
            {
                if (!keeps || (wasUp && (family.Table.Path(path).Flags & PathFlags.Stale) != 0))
                    RemovePath(peer, family.Table, path);
                else
                    MarkStale(peer, family.Table, path);
            }
        }
    }

    // Stale paths of a peer that came back with another identifier: decision step f.
    private void DecideAgain(RibPeer peer, FamilyTable table)
    {
        foreach (var path in PathsOf(peer, table))
            table.MarkDirty(table.Path(path).Prefix);
    }

    // A copy, since the caller removes paths on its way.
    private List<uint> PathsOf(RibPeer peer, FamilyTable table)
    {
        var paths = new List<uint>();
        foreach (var nextHop in _nextHops.Entries)
        {
            if (nextHop.Key.Peer != peer.Index || nextHop.Key.Family != table.Family)
                continue;
            for (var id = nextHop.FirstPath; id != 0; id = table.Path(id).NextOfNextHop)
                paths.Add(id);
        }

        return paths;
    }

    private static bool ImportDiffers(PeerOptions before, PeerOptions after, AddressFamily family) =>
        PeerFamilies.Of(before, family).Import != PeerFamilies.Of(after, family).Import
        || (before.AllowOwnAsn, before.Learned, before.RequiresPolicy, before.Type, before.Name) != (after.AllowOwnAsn, after.Learned, after.RequiresPolicy, after.Type, after.Name)
        || ReachOf(before) != ReachOf(after);
}
