using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;

namespace Fairway.Speakers.Native.Peers;

/// <summary>
/// The writer. OPEN, KEEPALIVE and NOTIFICATION wait behind one chunk of UPDATEs at most, since the next chunk is pulled from the RIBs only
/// when the last one has gone; and while the RIBs are asked, they are sent at once.
/// </summary>
internal sealed partial class Connection
{
    private const int ChunkSize = 64 * 1024;
    private const int ControlCapacity = 64;
    private readonly Channel<byte[]> _control = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(ControlCapacity) { SingleReader = true });

    /// <summary>Queues a message; false when the peer has not taken the last ones either.</summary>
    public bool TrySend(BgpMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        BgpMessageCodec.Encode(message, _codec, bytes);
        var queued = _control.Writer.TryWrite(bytes.WrittenSpan.ToArray());
        _wake.Set();
        return queued;
    }

    private async Task WriteAsync()
    {
        try
        {
            await SendUntilClosedAsync().ConfigureAwait(false);
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception end) when (end is SocketException or OperationCanceledException or ChannelClosedException)
        {
            // TCP is gone: the reader finds that out as well, tells the peer's loop, and that closes.
        }

        while (!_isClosing)
        {
            await _wake.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task SendUntilClosedAsync()
    {
        var chunk = new ArrayBufferWriter<byte>();
        Task<WriteResult>? pull = null;
        while (true)
        {
            while (_control.Reader.TryRead(out var message))
            {
                _context.Counters.Sent(1, areUpdates: false);
                await SendAsync(message).ConfigureAwait(false);
            }

            if (_isClosing)
            {
                return;
            }

            if (pull is { IsCompleted: true })
            {
                await SendChunkAsync(await pull.ConfigureAwait(false), chunk).ConfigureAwait(false);
                pull = null;
            }
            else if (pull is null && _established is { Exporter.IsPending: true })
            {
                pull = PullAsync(chunk);
            }
            else
            {
                await _wake.WaitAsync(_abort.Token).ConfigureAwait(false);
            }
        }
    }

    private Task<WriteResult> PullAsync(ArrayBufferWriter<byte> chunk)
    {
        var exporter = _established!.Exporter;
        exporter.IsSending = true;
        chunk.ResetWrittenCount();
        var pull = _context.Link.PullAsync(exporter, chunk, ChunkSize, _abort.Token);
        _ = pull.ContinueWith(_ => _wake.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return pull;
    }

    private async Task SendChunkAsync(WriteResult pulled, ArrayBufferWriter<byte> chunk)
    {
        _context.Counters.Sent(pulled.Messages, areUpdates: true);
        await SendAsync(chunk.WrittenMemory).ConfigureAwait(false);
        _established!.Exporter.IsSending = false;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, _abort.Token).ConfigureAwait(false)..];
        }
    }
}
