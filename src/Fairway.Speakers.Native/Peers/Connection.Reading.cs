using System.Net.Sockets;
using System.Threading.Channels;
using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;

namespace Fairway.Speakers.Native.Peers;

/// <summary>The reader: UPDATEs go to the RIBs in batches, everything else to the peer's loop, each in its turn.</summary>
internal sealed partial class Connection
{
    private const int ReceiveBufferSize = 64 * 1024;
    private long _lastReceived;
    private volatile bool _isHeldBack;
    private bool _ribsKnow;

    /// <summary>
    /// How long the peer has been silent. It is not silent while we are the ones who do not read: bytes that wait for us, or a batch that the
    /// RIBs have no room for yet, count as heard just now.
    /// </summary>
    public TimeSpan Silence => _isHeldBack || _socket.Available > 0
        ? TimeSpan.Zero
        : _context.Time.GetElapsedTime(Interlocked.Read(ref _lastReceived));

    private async Task ReadAsync()
    {
        try
        {
            var reason = await ReceiveAsync().ConfigureAwait(false);
            await DecideAsync(new ConnectionFailed(reason)).ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException)
        {
            // We closed the connection.
        }

        await TellDownAsync().ConfigureAwait(false);
    }

    /// <summary>Reads until the peer closes, and says how that was.</summary>
    private async Task<string> ReceiveAsync()
    {
        var buffer = new byte[ReceiveBufferSize];
        var filled = 0;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(filled), _stopReading.Token).ConfigureAwait(false) is var received and > 0)
            {
                Interlocked.Exchange(ref _lastReceived, _context.Time.GetTimestamp());
                filled += received;
                var used = await ConsumeAsync(buffer.AsMemory(0, filled)).ConfigureAwait(false);
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
            }

            return "the peer closed the connection";
        }
        catch (SocketException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Takes every complete message and returns how many octets they were.</summary>
    private async Task<int> ConsumeAsync(ReadOnlyMemory<byte> received)
    {
        var used = 0;
        var batch = new List<BgpMessage>();
        while (TryDecode(received.Span[used..], out var length, out var input))
        {
            used += length;
            if (_established is not null && input is MessageReceived { Message: UpdateMessage or RouteRefreshMessage } routes)
            {
                batch.Add(routes.Message);
                continue;
            }

            await LearnAsync(batch).ConfigureAwait(false);
            batch = [];
            await DecideAsync(input).ConfigureAwait(false);
        }

        await LearnAsync(batch).ConfigureAwait(false);
        return used;
    }

    private bool TryDecode(ReadOnlySpan<byte> received, out int length, out BgpEvent input)
    {
        input = null!;
        var framed = BgpFraming.MessageLength(received);
        length = framed.Value;
        if (!framed.IsOk)
        {
            input = new MessageInvalid(framed.Error);
            return true;
        }

        if (length == 0 || length > received.Length)
        {
            return false;
        }

        var decoded = BgpMessageCodec.Decode(received[..length], _codec);
        input = decoded.IsOk ? new MessageReceived(decoded.Value) : new MessageInvalid(decoded.Error);
        Count(decoded.Value);
        return true;
    }

    private void Count(BgpMessage? message)
    {
        _context.Counters.Received(message is UpdateMessage);
        if (message is UpdateMessage { Problems.IsEmpty: false } update)
        {
            _context.ReportProblems(update);
        }
    }

    /// <summary>Lets the peer's loop take it; what follows is read by what it decided.</summary>
    private async Task DecideAsync(BgpEvent input)
    {
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _context.PostAsync(new PeerInput.Received(this, input, handled)).ConfigureAwait(false);
        await handled.Task.WaitAsync(_stopReading.Token).ConfigureAwait(false);
        if (_established is { } session && !_ribsKnow && !_isClosing)
        {
            await session.Previous.ConfigureAwait(false);
            _ribsKnow = true;
            await _context.Link.UpAsync(session.RibSession, session.Session.PeerGracefulRestart, session.Exporter).ConfigureAwait(false);
        }
    }

    private async Task LearnAsync(List<BgpMessage> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        _isHeldBack = true;
        await _context.Link.LearnAsync(batch, _stopReading.Token).ConfigureAwait(false);
        Interlocked.Exchange(ref _lastReceived, _context.Time.GetTimestamp());
        _isHeldBack = false;
    }

    private async Task TellDownAsync()
    {
        if (!_ribsKnow || _established is not { } session)
        {
            return;
        }

        try
        {
            await _context.Link.DownAsync(session.Exporter, session.KeptAfter(_end)).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The RIBs have gone before.
        }
    }

    // Closing a socket with unread octets makes the kernel send a reset, which can overtake our last NOTIFICATION.
    private async Task DiscardReceivedAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (await _socket.ReceiveAsync(buffer, _abort.Token).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException)
        {
            // The peer is gone, or does not close its side.
        }
    }
}
