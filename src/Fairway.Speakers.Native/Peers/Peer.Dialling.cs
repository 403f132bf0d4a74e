using Fairway.Bgp.Fsm;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native.Peers;

/// <summary>Opening connections.</summary>
internal sealed partial class Peer
{
    private CancellationTokenSource? _dialling;
    private int _attempt;

    private void Dial()
    {
        StopDialling();
        _dialling = new CancellationTokenSource();
        _ending.RemoveAll(task => task.IsCompletedSuccessfully);
        _ending.Add(DialAsync(++_attempt, _options, _dialling.Token));
    }

    private void StopDialling()
    {
        _attempt++;
        _dialling?.Cancel();
        _dialling = null;
    }

    private async Task DialAsync(int attempt, PeerOptions options, CancellationToken stop)
    {
        try
        {
            var socket = await PeerSocket.ConnectAsync(options, stop).ConfigureAwait(false);
            await PostLaterAsync(new PeerInput.Dialled(attempt, socket, "")).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Given up by the FSM, which wants to hear nothing more of it.
        }
        catch (Exception failure)
        {
            // Whatever the kernel or the options said against it: it is the reason why the peer does not come up.
            await PostLaterAsync(new PeerInput.Dialled(attempt, null, failure.Message)).ConfigureAwait(false);
        }
    }

    private void HandleDialled(PeerInput.Dialled dialled)
    {
        if (dialled.Attempt != _attempt)
        {
            dialled.Socket?.Dispose();
            return;
        }

        _dialling = null;
        if (dialled.Socket is not { } socket)
        {
            Step(ConnectionSide.Outgoing, new ConnectionFailed(dialled.Reason));
            return;
        }

        RefreshOptions();
        _connections[ConnectionSide.Outgoing] = new Connection(ConnectionSide.Outgoing, socket, _context);
        Step(ConnectionSide.Outgoing, new ConnectionUp());
    }
}
