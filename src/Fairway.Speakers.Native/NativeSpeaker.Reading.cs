using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Peers;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native;

/// <content>What is really there (design D6).</content>
public sealed partial class NativeSpeaker
{
    private static readonly ListenEndpoint Nowhere = new(null, 0);

    public async ValueTask<SpeakerObservation> ReadAsync(CancellationToken cancellationToken)
    {
        if (_instance is not { } instance)
        {
            return new(SpeakerState.Empty, []);
        }

        await _plans.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var keys = _listeners.ReadKeys();
            var (locals, mismatches) = await instance.Loop.AskAsync(
                rib => (rib.Locals.ToImmutableDictionary(local => local.Prefix), rib.Audit(_options.AuditSample)), cancellationToken).ConfigureAwait(false);
            var state = new SpeakerState
            {
                Instance = Observed(instance.Options),
                Peers = instance.Peers.ToImmutableDictionary(entry => entry.Key, entry => Observed(entry.Value.Snapshot, keys)),
                Advertisements = locals,
            };
            return new(state, [.. mismatches.Select(Mismatch)]);
        }
        finally
        {
            _plans.Release();
        }
    }

    public async ValueTask RepairAsync(IReadOnlyList<SpeakerMismatch> mismatches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mismatches);
        if (_instance is { } instance)
        {
            await instance.Loop.DoAsync(rib =>
            {
                foreach (var mismatch in mismatches)
                {
                    var table = mismatch.Table is SpeakerTable.LocRib ? RibTable.LocRib : RibTable.AdjRibOut;
                    rib.Repair(new RibMismatch(table, mismatch.Prefix, mismatch.Peer, mismatch.Desired, mismatch.Observed));
                }
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    private static SpeakerMismatch Mismatch(RibMismatch mismatch) => new(
        mismatch.Table is RibTable.LocRib ? SpeakerTable.LocRib : SpeakerTable.AdjRibOut,
        mismatch.Prefix,
        mismatch.Peer,
        mismatch.Desired,
        mismatch.Observed);

    private static ValueList<ListenEndpoint> ListenOf(BgpInstanceOptions instance) => ListenAddress.Wished(instance);

    /// <summary>The instance with the endpoints where the kernel says that we listen.</summary>
    private BgpInstanceOptions? Observed(BgpInstanceOptions? instance)
    {
        if (instance is null)
        {
            return null;
        }

        var wished = ListenOf(instance);
        var seen = _listeners.ReadEndpoints(wished);
        return seen == wished ? instance : instance with { Listen = seen.IsEmpty ? [Nowhere] : seen };
    }

    /// <summary>The peer with the key that the listeners have for it and the TTL that its session's socket has.</summary>
    private static PeerOptions Observed(PeerSnapshot peer, IReadOnlyDictionary<IpAddr, byte[]?> keys)
    {
        var options = peer.Options;
        if (options.Password is { IsMissing: false } password
            && keys.TryGetValue(options.Key.Address, out var key)
            && !TcpMd5.KeyOf(password).AsSpan().SequenceEqual(key))
        {
            options = options with { Password = key is null ? null : SecretValue.Of(Convert.ToHexString(key)) };
        }

        return ReadTtl(peer) is { } ttl && ttl != PeerSocket.TtlOf(options) ? options with { MultihopTtl = ttl } : options;
    }

    private static int? ReadTtl(PeerSnapshot peer)
    {
        try
        {
            return peer.Socket is { } socket ? SocketOptions.GetTtl(socket) : null;
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            return null; // the session has ended just now
        }
    }
}
