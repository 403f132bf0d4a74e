using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Peers;
using Fairway.Speakers.Native.Restart;
using Fairway.Speakers.Native.Rib;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native;

/// <content>The instance and its peers.</content>
public sealed partial class NativeSpeaker
{
    // The restart that the host told of is that of the first instance.
    private bool _hasBegun;

    private async ValueTask ApplyInstanceAsync(SpeakerChange.Instance change, PlanWork work, CancellationToken cancellationToken)
    {
        work.Instance = change;
        switch (_instance, change.After)
        {
            case (null, { } after):
                _instance = Begin(after, _hasBegun ? RestartContext.None : _options.Restart);
                _hasBegun = true;
                break;
            case ({ } running, null):
                await _listeners.ApplyAsync([]).ConfigureAwait(false);
                _instance = null;
                await EndAsync(running).ConfigureAwait(false);
                break;
            case ({ } running, { } after) when (running.Options.Asn, running.Options.RouterId) != (after.Asn, after.RouterId):
                await ReplaceAsync(running, after, cancellationToken).ConfigureAwait(false);
                break;
            case ({ } running, { } after):
                await ChangeAsync(running, after, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private SpeakerInstance Begin(BgpInstanceOptions options, RestartContext context)
    {
        var rib = new BgpRib(new RibOptions { Asn = options.Asn, RouterId = options.RouterId, Multipath = options.Multipath }, _resolver);
        var loop = new RibLoop(rib, new RestartProgress(context, TellRestartCompleted), _learned.Wake);
        loop.Restart.StartTimers(options.GracefulRestart, _time, () => loop.Post(_ => { }));
        _ = WatchAsync(loop);
        _learned.Add(loop);
        if (context.Restarting)
        {
            _log.Restarting(string.Join(' ', context.Peers.SelectMany(peer => peer.Families).Distinct()), context.Peers.Count);
        }

        return new SpeakerInstance(options, loop, context, _time.GetTimestamp());
    }

    /// <summary>Another AS or router id: nothing of the old sessions or tables can stay.</summary>
    private async ValueTask ReplaceAsync(SpeakerInstance running, BgpInstanceOptions after, CancellationToken cancellationToken)
    {
        var locals = await running.Loop.AskAsync(rib => rib.Locals.ToList(), cancellationToken).ConfigureAwait(false);
        var peers = running.Peers.Values.Select(peer => peer.Snapshot.Options).ToList();
        await EndAsync(running).ConfigureAwait(false);
        var replaced = Begin(after, RestartContext.None);
        _instance = replaced;
        await replaced.Loop.DoAsync(rib => locals.ForEach(rib.SetLocal), cancellationToken).ConfigureAwait(false);
        foreach (var peer in peers)
        {
            await AddPeerAsync(replaced, peer, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ChangeAsync(SpeakerInstance running, BgpInstanceOptions after, CancellationToken cancellationToken)
    {
        var before = running.Options;
        running.Options = after;
        if (before.Multipath != after.Multipath)
        {
            await running.Loop.DoAsync(rib => rib.UpdateMultipath(after.Multipath), cancellationToken).ConfigureAwait(false);
        }

        foreach (var peer in before.GracefulRestart != after.GracefulRestart ? running.Peers.Values : [])
        {
            await UpdatePeerAsync(running, peer, peer.Snapshot.Options, before, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends every session; the emptied tables stay with the reader of learned routes until it has read the last withdrawal.</summary>
    private Task EndAsync(SpeakerInstance running) => Task.WhenAll(running.Peers.Keys.Select(key => RemovePeerAsync(running, key)));

    private async ValueTask AddPeerAsync(SpeakerInstance instance, PeerOptions options, CancellationToken cancellationToken)
    {
        CheckKey(options);
        SetKey(options);
        var peer = await instance.Loop.AskAsync(rib => rib.AddPeer(options), cancellationToken).ConfigureAwait(false);
        instance.Peers[options.Key] = new Peer(SetupOf(instance, options, new RibLink(instance.Loop, peer)));
    }

    private async ValueTask UpdatePeerAsync(
        SpeakerInstance instance, Peer peer, PeerOptions after, BgpInstanceOptions instanceBefore, CancellationToken cancellationToken)
    {
        CheckKey(after);
        var reset = SessionOptionsFactory.NeedsReset(peer.Snapshot.Options, instanceBefore, after, instance.Options);
        // The peer first: a connection that came with the new key must never get the old one, which would leave the other end waiting for us.
        await peer.ConfigureAsync(after, instance.Options, reset).ConfigureAwait(false);
        SetKey(after);
        await instance.Loop.DoAsync(rib => rib.UpdatePeer(peer.Link.Peer, after), cancellationToken).ConfigureAwait(false);
    }

    private async Task RemovePeerAsync(SpeakerInstance instance, PeerKey key)
    {
        if (!instance.Peers.TryRemove(key, out var peer))
        {
            return;
        }

        _listeners.SetKey(key.Address, null);
        var closing = await peer.StopAsync(NotificationMessage.Cease(CeaseSubcode.PeerDeconfigured)).ConfigureAwait(false);
        _closing.Add(closing);
        await peer.Link.RemoveAsync().ConfigureAwait(false);
    }

    /// <summary>Sockets that say their last words; a stop waits for them.</summary>
    private readonly ClosingSockets _closing = new();

    // Refuses what the kernel would not take, before anything is changed.
    private static void CheckKey(PeerOptions peer)
    {
        if (peer.Password is { IsMissing: false } password)
        {
            TcpMd5.KeyOf(password);
        }
    }

    private void SetKey(PeerOptions peer) => _listeners.SetKey(peer.Key.Address, peer.Password is { IsMissing: false } ? peer.Password : null);

    private void TellRestartCompleted(string families)
    {
        _log.RestartCompleted(families);
        Publish(new SpeakerEvent(SpeakerEventType.RestartCompleted, _time.GetUtcNow(), null, families));
    }

    private async Task WatchAsync(RibLoop loop)
    {
        try
        {
            await loop.Completion.ConfigureAwait(false);
        }
        catch (Exception defect)
        {
            _log.RibLoopEnded(defect);
            Fail(defect);
        }
    }
}
