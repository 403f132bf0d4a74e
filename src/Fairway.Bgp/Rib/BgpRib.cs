using System.Buffers;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>
/// The three RIBs of RFC 4271 §3.2 for all peers. Not safe for threads: one loop owns it. Nothing here blocks; long work (deciding, filling a
/// new update group, importing again) is done in pieces by <see cref="Process"/>.
/// </summary>
#pragma warning disable CS9113, CA1822 // the bodies follow
public sealed class BgpRib(RibOptions options, INextHopResolver resolver)
{
    /// <summary>Multipath changes decide again; AS and router id never change while running (design D18).</summary>
    public void UpdateMultipath(MultipathOptions multipath) => throw new NotImplementedException();

    // Peers

    public RibPeer AddPeer(PeerOptions options) => throw new NotImplementedException();

    /// <summary>New policies or treatment, no reset: import is decided again from Adj-RIB-In, export again, and only outcomes that differ are sent.</summary>
    public void UpdatePeer(RibPeer peer, PeerOptions options) => throw new NotImplementedException();

    /// <summary>Forgets the peer and all it taught.</summary>
    public void RemovePeer(RibPeer peer) => throw new NotImplementedException();

    /// <summary>The session is Established: every negotiated family gets its initial dump, then End-of-RIB.</summary>
    public void PeerUp(RibPeer peer, RibSession session) => throw new NotImplementedException();

    /// <summary>The session is gone. Paths of <paramref name="keepStale"/> stay as stale (RFC 4724 §4.2), all others are deleted.</summary>
    public void PeerDown(RibPeer peer, IReadOnlyCollection<AddressFamily> keepStale) => throw new NotImplementedException();

    // Adj-RIB-In

    // void Learn(RibPeer peer, UpdateMessage update): with the wire's types

    /// <summary>The peer has sent all: what is still stale goes (RFC 4724 §4.2).</summary>
    public void EndOfRib(RibPeer peer, AddressFamily family) => throw new NotImplementedException();

    /// <summary>The restart timer ran out, or the family came back without forwarding state: what is stale goes.</summary>
    public void SweepStale(RibPeer peer, AddressFamily family) => throw new NotImplementedException();

    /// <summary>Paths are stale until the peer has sent them again (RFC 4724 §4.2), e.g. while it restarts.</summary>
    public bool HasStale(RibPeer peer, AddressFamily family) => throw new NotImplementedException();

    /// <summary>The answers to these questions have changed; their prefixes, and no others, are decided again.</summary>
    public void NextHopsChanged(IReadOnlyCollection<NextHopQuery> queries) => throw new NotImplementedException();

    // Our own routes

    public void SetLocal(AdvertisedPrefix advertised) => throw new NotImplementedException();

    public void RemoveLocal(IpPrefix prefix) => throw new NotImplementedException();

    // Deciding

    /// <summary>RFC 4724 §4.1, restarting speaker: nothing of the family is selected or sent until <see cref="ResumeSelection"/>.</summary>
    public void DeferSelection(AddressFamily family) => throw new NotImplementedException();

    public void ResumeSelection(AddressFamily family) => throw new NotImplementedException();

    /// <summary>Does up to <paramref name="budget"/> pieces of pending work (about one prefix each); returns how many it did, 0 when nothing is left.</summary>
    public int Process(int budget) => throw new NotImplementedException();

    /// <summary>Work is waiting for <see cref="Process"/>.</summary>
    public bool HasWork => throw new NotImplementedException();

    // Adj-RIB-Out

    /// <summary>The peer asks for the family again (RFC 2918 §4).</summary>
    public void RefreshRequested(RibPeer peer, AddressFamily family) => throw new NotImplementedException();

    /// <summary>Something waits to be written to the peer. Cheap: ask after every <see cref="Process"/>.</summary>
    public bool HasUpdates(RibPeer peer) => throw new NotImplementedException();

    /// <summary>Writes whole UPDATE messages, headers included, until about <paramref name="maxBytes"/>; each prefix in its newest state.</summary>
    public WriteResult WriteUpdates(RibPeer peer, IBufferWriter<byte> output, int maxBytes) => throw new NotImplementedException();

    // Learned routes

    /// <summary>Prefixes whose learned route changed are waiting, or a family completed.</summary>
    public bool HasLearned => throw new NotImplementedException();

    /// <summary>Takes up to <paramref name="max"/> prefixes off the dirty set, in newest state; returns how many.</summary>
    public int DrainLearned(int max, ICollection<RibLearned> into) => throw new NotImplementedException();

    /// <summary>Families whose selection has run since start (or since <see cref="ResumeSelection"/>) with all of it drained; each is told once.</summary>
    public IReadOnlyList<AddressFamily> DrainCompletedFamilies() => throw new NotImplementedException();

    /// <summary>Looks a prefix up without taking it off the dirty set.</summary>
    public RibLearned FindLearned(IpPrefix prefix) => throw new NotImplementedException();

    // Reads

    public RibCounts Count(RibPeer peer) => throw new NotImplementedException();

    /// <summary>Adds rows of all paths of about <paramref name="max"/> prefixes and moves the cursor on.</summary>
    public void ReadLocRib(ref RibCursor cursor, int max, ICollection<RibRow> into) => throw new NotImplementedException();

    public void ReadReceived(RibPeer peer, ref RibCursor cursor, int max, ICollection<RibRow> into) => throw new NotImplementedException();

    public void ReadAdvertised(RibPeer peer, ref RibCursor cursor, int max, ICollection<RibRow> into) => throw new NotImplementedException();

    /// <summary>The same tables for one prefix.</summary>
    public void FindLocRib(IpPrefix prefix, ICollection<RibRow> into) => throw new NotImplementedException();

    public RibRow? FindReceived(RibPeer peer, IpPrefix prefix) => throw new NotImplementedException();

    public RibRow? FindAdvertised(RibPeer peer, IpPrefix prefix) => throw new NotImplementedException();

    /// <summary>Our own routes as they are in the table.</summary>
    public IEnumerable<AdvertisedPrefix> Locals => throw new NotImplementedException();

    public ImportExplanation ExplainImport(IpPrefix prefix, RibPeer? peer) => throw new NotImplementedException();

    public ExportExplanation ExplainExport(IpPrefix prefix, RibPeer peer) => throw new NotImplementedException();

    // Read-back (design D6)

    /// <summary>Compares the next <paramref name="prefixes"/> prefixes (rotating) with the plain tables.</summary>
    public IReadOnlyList<RibMismatch> Audit(int prefixes) => throw new NotImplementedException();

    /// <summary>Decides the prefix again from what was received and sends what differs.</summary>
    public void Repair(RibMismatch mismatch) => throw new NotImplementedException();
}
