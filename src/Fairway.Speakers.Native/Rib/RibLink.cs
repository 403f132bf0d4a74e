using System.Buffers;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Rib;

/// <summary>
/// One peer's way to the RIBs. Coming up, routes and going down keep their order, because all three go through the bulk queue and one session
/// goes down before the next comes up.
/// </summary>
internal sealed class RibLink(RibLoop loop, RibPeer peer)
{
    public RibPeer Peer { get; } = peer;

    private PeerKey Key => Peer.Options.Key;

    /// <summary>
    /// A session came up: its routes flow both ways from here on. Stale routes of families that lost their forwarding go (RFC 4724 §4.2).
    /// </summary>
    public ValueTask UpAsync(RibSession session, GracefulRestartCapability? restart, Exporter exporter) => loop.PostBulkAsync(
        rib =>
        {
            rib.PeerUp(Peer, session);
            SweepLost(rib, restart);
            loop.Exporters.Add(exporter);
            // RFC 4724 §3: a capability without families is that of a helper, which sends End-of-RIB as well.
            loop.Restart.SessionUp(Key, restart?.IsRestarting ?? false, restart is null ? [] : session.Families);
        },
        CancellationToken.None);

    public ValueTask DownAsync(Exporter exporter, IReadOnlyCollection<AddressFamily> keepStale) => loop.PostBulkAsync(
        rib =>
        {
            loop.Exporters.Remove(exporter);
            rib.PeerDown(Peer, keepStale);
        },
        CancellationToken.None);

    /// <summary>Waits while the RIB loop is behind: the caller stops reading, and so does TCP.</summary>
    public ValueTask LearnAsync(IReadOnlyList<BgpMessage> messages, CancellationToken cancellationToken) => loop.PostBulkAsync(
        rib =>
        {
            foreach (var message in messages)
            {
                Learn(rib, message);
            }
        },
        cancellationToken);

    /// <summary>Takes the next UPDATEs for the peer, about <paramref name="maxBytes"/> of them.</summary>
    public async Task<WriteResult> PullAsync(Exporter exporter, IBufferWriter<byte> output, int maxBytes, CancellationToken cancellationToken) =>
        await loop.AskAsync(rib => Pull(rib, exporter, output, maxBytes), cancellationToken).ConfigureAwait(false);

    /// <summary>Forgets the peer, after all that its last session left in the queue.</summary>
    public async ValueTask RemoveAsync()
    {
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await loop.PostBulkAsync(
            rib =>
            {
                rib.RemovePeer(Peer);
                removed.SetResult();
            },
            CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAny(removed.Task, loop.Completion).ConfigureAwait(false);
    }

    /// <summary>Stale routes have waited long enough. <paramref name="onlyWhileDown"/>: unless a session has come up meanwhile.</summary>
    public void SweepStale(bool onlyWhileDown) => loop.Post(rib =>
    {
        if (!onlyWhileDown || Peer.Session is null)
        {
            SweepAll(rib);
        }
    });

    private WriteResult Pull(BgpRib rib, Exporter exporter, IBufferWriter<byte> output, int maxBytes)
    {
        if (Peer.Session is null || loop.IsFrozen)
        {
            exporter.SetPending(false);
            return default;
        }

        var written = rib.WriteUpdates(Peer, output, maxBytes);
        exporter.SetPending(written.MorePending);
        return written;
    }

    private void Learn(BgpRib rib, BgpMessage message)
    {
        switch (message)
        {
            case UpdateMessage { EndOfRib: { } family }:
                rib.EndOfRib(Peer, family);
                loop.Restart.EndOfRib(Key, family);
                break;
            case UpdateMessage update:
                rib.Learn(Peer, update);
                break;
            case RouteRefreshMessage { Subtype: RouteRefreshSubtype.Request } refresh when Peer.Session!.Families.Contains(refresh.Family):
                rib.RefreshRequested(Peer, refresh.Family);
                break;
        }
    }

    private void SweepLost(BgpRib rib, GracefulRestartCapability? restart)
    {
        foreach (var family in Peer.Options.Families.Select(options => options.Family))
        {
            if (restart is null || !restart.Families.Contains(new GracefulRestartFamily(family, IsForwardingPreserved: true)))
            {
                rib.SweepStale(Peer, family);
            }
        }
    }

    private void SweepAll(BgpRib rib)
    {
        foreach (var family in Peer.Options.Families)
        {
            rib.SweepStale(Peer, family.Family);
        }
    }
}
