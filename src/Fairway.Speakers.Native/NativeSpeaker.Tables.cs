using System.Runtime.CompilerServices;
using Fairway.Bgp.Rib;
using Fairway.Speakers.Native.Peers;

namespace Fairway.Speakers.Native;

/// <content>Peers and tables for people.</content>
public sealed partial class NativeSpeaker
{
    private const int PrefixesPerPiece = 500;

    public async ValueTask<IReadOnlyList<PeerStatus>> ReadPeersAsync(CancellationToken cancellationToken)
    {
        if (_instance is not { } instance)
        {
            return [];
        }

        var peers = instance.Peers.Values.ToList();
        var counts = await instance.Loop.AskAsync(rib => peers.ConvertAll(peer => rib.Count(peer.Link.Peer)), cancellationToken).ConfigureAwait(false);
        return [.. peers.Select((peer, index) => Status(peer, counts[index])).OrderBy(status => status.Key)];
    }

    public async IAsyncEnumerable<RouteRow> ReadRoutesAsync(RouteQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (_instance is not { } instance || PeerOf(instance, query) is not { } source)
        {
            yield break;
        }

        var cursor = default(RibCursor);
        var isDone = false;
        while (!isDone)
        {
            (var rows, cursor) = await instance.Loop.AskAsync(rib => ReadPiece(rib, query, source.Peer, cursor), cancellationToken).ConfigureAwait(false);
            isDone = cursor.IsAtEnd || query.Prefix is not null;
            foreach (var row in rows)
            {
                yield return new RouteRow(row.Prefix, row.Peer, row.Attributes, row.Best, row.Stale, row.Reason);
            }
        }
    }

    /// <summary>The peer of a query; for Loc-RIB none is needed, and one that is not configured has no table.</summary>
    private static (RibPeer? Peer, bool IsKnown)? PeerOf(SpeakerInstance instance, RouteQuery query)
    {
        if (query.View is RouteView.LocRib)
        {
            return (null, true);
        }

        var key = query.Peer ?? throw new ArgumentException($"{query.View} needs a peer", nameof(query));
        return instance.Peers.TryGetValue(key, out var peer) ? (peer.Link.Peer, true) : null;
    }

    private static (List<RibRow> Rows, RibCursor Cursor) ReadPiece(BgpRib rib, RouteQuery query, RibPeer? peer, RibCursor cursor)
    {
        var rows = new List<RibRow>();
        if (query.Prefix is not null)
        {
            ReadPrefix(rib, query, peer, rows);
            return (rows, cursor);
        }

        switch (query.View)
        {
            case RouteView.LocRib:
                rib.ReadLocRib(ref cursor, PrefixesPerPiece, rows);
                break;
            case RouteView.Received:
                rib.ReadReceived(peer!, ref cursor, PrefixesPerPiece, rows);
                break;
            default:
                rib.ReadAdvertised(peer!, ref cursor, PrefixesPerPiece, rows);
                break;
        }

        return (rows, cursor);
    }

    private static void ReadPrefix(BgpRib rib, RouteQuery query, RibPeer? peer, List<RibRow> rows)
    {
        var prefix = query.Prefix!.Value;
        if (query.View is RouteView.LocRib)
        {
            rib.FindLocRib(prefix, rows);
        }
        else if ((query.View is RouteView.Received ? rib.FindReceived(peer!, prefix) : rib.FindAdvertised(peer!, prefix)) is { } row)
        {
            rows.Add(row);
        }
    }

    private static PeerStatus Status(Peer peer, RibCounts counts)
    {
        var snapshot = peer.Snapshot;
        var session = snapshot.Session;
        return new PeerStatus
        {
            Key = snapshot.Options.Key,
            Name = snapshot.Options.Name,
            Asn = session?.PeerAsn ?? snapshot.Options.Asn ?? default,
            State = snapshot.State,
            FamiliesNegotiated = session?.Families ?? [],
            Received = counts.Received,
            Accepted = counts.Accepted,
            Advertised = counts.Advertised,
            EstablishedAt = snapshot.EstablishedAt,
            LastError = snapshot.Failure ?? snapshot.LastEnd,
            RouterId = session?.PeerId ?? default,
            HoldTime = session?.HoldTime ?? snapshot.Options.Timers.Hold,
            LocalAddress = snapshot.LocalAddress,
            GracefulRestartFamilies = session is { PeerGracefulRestart: not null } ? session.Families : [],
            PeerRestarting = snapshot.IsPeerRestarting,
            MessagesIn = peer.Counters.MessagesIn,
            MessagesOut = peer.Counters.MessagesOut,
            UpdatesIn = peer.Counters.UpdatesIn,
            UpdatesOut = peer.Counters.UpdatesOut,
        };
    }
}
