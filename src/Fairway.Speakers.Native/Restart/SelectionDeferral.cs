using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Restart;

/// <summary>
/// Which End-of-RIB markers a restarted speaker still waits for (RFC 4724 §4.1). Selection of a family runs once nobody is waited for or the
/// deferral time is over. Re-learning is complete once every marker has come or the restart time is over: a peer that restarts itself selects
/// only after our marker, so selection must not wait for it, but what it announces then is still to be learned. Owned by the RIB loop.
/// </summary>
internal sealed class SelectionDeferral
{
    private readonly Dictionary<AddressFamily, HashSet<PeerKey>> _waiting = [];
    private readonly Dictionary<AddressFamily, HashSet<PeerKey>> _relearning = [];
    private readonly HashSet<AddressFamily> _selecting = [];
    private readonly HashSet<AddressFamily> _complete = [];

    public SelectionDeferral(RestartContext context)
    {
        foreach (var peer in context.Restarting ? context.Peers : [])
        {
            foreach (var family in peer.Families)
            {
                _waiting.TryAdd(family, []);
                _waiting[family].Add(peer.Key);
                _relearning.TryAdd(family, []);
                _relearning[family].Add(peer.Key);
            }
        }
    }

    /// <summary>Families that were deferred at start.</summary>
    public IEnumerable<AddressFamily> Deferred => _waiting.Keys;

    public bool IsOver => _complete.Count == _waiting.Count;

    /// <summary>Peers that selection of this family waits for.</summary>
    public IReadOnlyCollection<PeerKey> WaitsFor(AddressFamily family) => _waiting.TryGetValue(family, out var peers) ? peers : [];

    /// <summary>
    /// A session came up. A peer that restarts itself is not waited for (RFC 4724 §4.1), nor one for a family that it did not negotiate
    /// together with graceful restart: its End-of-RIB would never come.
    /// </summary>
    public void SessionUp(PeerKey peer, bool peerRestarts, IReadOnlyCollection<AddressFamily> restartFamilies)
    {
        foreach (var (family, peers) in _waiting)
        {
            if (!restartFamilies.Contains(family))
            {
                _relearning[family].Remove(peer);
                peers.Remove(peer);
            }
            else if (peerRestarts)
            {
                peers.Remove(peer);
            }
        }
    }

    public void EndOfRib(PeerKey peer, AddressFamily family)
    {
        if (_waiting.TryGetValue(family, out var peers))
        {
            peers.Remove(peer);
            _relearning[family].Remove(peer);
        }
    }

    /// <summary>Peers that are not configured any more are not waited for.</summary>
    public void Retain(IReadOnlySet<PeerKey> configured)
    {
        foreach (var peers in _waiting.Values.Concat(_relearning.Values))
        {
            peers.IntersectWith(configured);
        }
    }

    /// <summary>Families whose selection may run now; each is told once.</summary>
    public IReadOnlyList<AddressFamily> TakeSelecting(bool deferralIsOver) =>
        [.. _waiting.Where(entry => (deferralIsOver || entry.Value.Count == 0) && _selecting.Add(entry.Key)).Select(entry => entry.Key)];

    /// <summary>Families that select and whose re-learning is complete now; each is told once.</summary>
    public IReadOnlyList<AddressFamily> TakeComplete(bool restartTimeIsOver) =>
        [.. from entry in _relearning
            where _selecting.Contains(entry.Key) && (restartTimeIsOver || entry.Value.Count == 0) && _complete.Add(entry.Key)
            select entry.Key];
}
