using Fairway.Bgp.Rib;

namespace Fairway.Speakers.Native.Rib;

/// <summary>
/// The connection's writer as the RIB loop sees it. The loop says that something waits; the writer pulls it when its socket has room. Nothing
/// is queued in between: what a slow peer gets next is decided when it gets it (design D9).
/// </summary>
internal sealed class Exporter(RibPeer peer, Action wake)
{
    private volatile bool _isPending;
    private volatile bool _isSending;

    public RibPeer Peer { get; } = peer;

    /// <summary>Something waits to be pulled.</summary>
    public bool IsPending => _isPending;

    /// <summary>The writer has pulled something, or is about to, that the kernel has not taken yet.</summary>
    public bool IsSending
    {
        get => _isSending;
        set => _isSending = value;
    }

    /// <summary>Everything that was decided for the peer has been handed to the kernel.</summary>
    public bool IsIdle => !_isPending && !_isSending;

    /// <summary>Set by the RIB loop alone: after each turn, and when a pull took the last.</summary>
    public void SetPending(bool pending)
    {
        var wasPending = _isPending;
        _isPending = pending;
        if (pending && !wasPending)
        {
            wake();
        }
    }
}
