using System.Threading.Channels;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Speakers.Native.Peers;
using Fairway.Speakers.Native.Rib;

namespace Fairway.Speakers.Native;

/// <content>Stopping is not withdrawing (design D8).</content>
public sealed partial class NativeSpeaker
{
    private const string StopText = "the routing agent stops";
    private static readonly TimeSpan FlushPoll = TimeSpan.FromMilliseconds(20);
    private static readonly RoutePolicy RejectAll = new("stop") { Default = PolicyVerdict.Reject };

    public async ValueTask StopAsync(StopPolicy policy, CancellationToken cancellationToken)
    {
        await _plans.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            await _listeners.DisposeAsync().ConfigureAwait(false);
            if (_instance is { } instance)
            {
                await StopAsync(instance, policy, cancellationToken).ConfigureAwait(false);
            }

            _instance = null;
            await _closing.WhenAllAsync().ConfigureAwait(false);
            await _learned.DisposeAsync().ConfigureAwait(false);
            _events.Writer.TryComplete();
        }
        finally
        {
            _plans.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(StopPolicy.Keep, CancellationToken.None).ConfigureAwait(false);
        _plans.Dispose();
    }

    private async ValueTask StopAsync(SpeakerInstance instance, StopPolicy policy, CancellationToken cancellationToken)
    {
        if (policy is StopPolicy.Withdraw)
        {
            _log.StoppingWithdraw();
            await WithdrawAsync(instance, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _log.StoppingKeep();
        }

        await FreezeAsync(instance).ConfigureAwait(false);
        var stopping = instance.Peers.Values.Select(peer => peer.StopAsync(LastWord(peer, policy)));
        foreach (var closing in await Task.WhenAll(stopping).ConfigureAwait(false))
        {
            _closing.Add(closing);
        }
    }

    /// <summary>
    /// RFC 4724 §4: a peer that would keep our routes must not hear a NOTIFICATION; it sees TCP close, as if we had crashed. All others are told.
    /// </summary>
    private static NotificationMessage? LastWord(Peer peer, StopPolicy policy)
    {
        var snapshot = peer.Snapshot;
        var keepsOurRoutes = snapshot is { Options.GracefulRestart: GracefulRestartMode.Full, Session.PeerGracefulRestart: not null };
        return policy is StopPolicy.Keep && keepsOurRoutes ? null : NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, StopText);
    }

    private async ValueTask WithdrawAsync(SpeakerInstance instance, CancellationToken cancellationToken)
    {
        try
        {
            await instance.Loop.DoAsync(rib => RejectAllExports(rib, instance), cancellationToken).ConfigureAwait(false);
            while (!await instance.Loop.AskAsync(rib => IsEverythingSent(rib, instance.Loop), cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(FlushPoll, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            _log.WithdrawalsLeft("the time to stop was over");
        }
        catch (ChannelClosedException defect)
        {
            _log.WithdrawalsLeft(defect.Message);
        }
    }

    private static void RejectAllExports(BgpRib rib, SpeakerInstance instance)
    {
        foreach (var peer in instance.Peers.Values.Select(peer => peer.Link.Peer))
        {
            var families = peer.Options.Families.Select(family => family with { Export = [RejectAll] });
            rib.UpdatePeer(peer, peer.Options with { Families = [.. families] });
        }
    }

    private static bool IsEverythingSent(BgpRib rib, RibLoop loop) =>
        !rib.HasWork && loop.Exporters.TrueForAll(exporter => exporter.IsIdle && !rib.HasUpdates(exporter.Peer));

    // Sessions that end one after the other must not look like news: no withdrawals to those still up, none to the kernel.
    private static async ValueTask FreezeAsync(SpeakerInstance instance)
    {
        try
        {
            await instance.Loop.FreezeAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The loop has ended by a defect; that was told.
        }
    }
}
