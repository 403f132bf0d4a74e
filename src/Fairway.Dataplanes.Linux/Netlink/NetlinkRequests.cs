using System.Net.Sockets;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>Turns the body of one message of a dump into a value, or null for "not of interest".</summary>
internal delegate T? DumpDecoder<T>(ReadOnlySpan<byte> body)
    where T : class;

/// <summary>
/// Requests and their answers. The kernel works on a request within send(2), so an answer never keeps us waiting.
/// For one caller at a time.
/// </summary>
internal sealed class NetlinkRequests : IDisposable
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    private readonly NetlinkSocket _socket;
    private readonly NetlinkWriter _writer = new();

    // The kernel fills at most 32 KiB at once, unless one message is larger.
    private readonly byte[] _received = new byte[128 * 1024];
    private uint _sequence;

    public NetlinkRequests(NetlinkSocket socket)
    {
        _socket = socket;
        _socket.TrySet(NetlinkOption.ExtendedAck);
        _socket.TrySet(NetlinkOption.CappedAck);
        _socket.TrySet(NetlinkOption.StrictCheck);
        _socket.SetReceiveTimeout(AnswerLimit);
    }

    /// <summary>The port id of our socket, known after the first answer.</summary>
    public uint PortId { get; private set; }

    public uint NextSequence() => ++_sequence;

    /// <summary>Sends one request that has no attributes and a short body, and returns the kernel's answer to it.</summary>
    public NetlinkError Ask(NetlinkType type, uint body)
    {
        var sequence = NextSequence();
        _writer.Clear();
        _writer.Begin(type, NetlinkFlags.Request, sequence);
        _writer.Write(body);
        _writer.End();
        _writer.AskForAck();
        var answer = default(NetlinkError);
        Exchange(_writer, sequence, sequence, (_, error) => answer = error);
        return answer;
    }

    /// <summary>
    /// Sends a batch with the sequence numbers <paramref name="first"/> to <paramref name="last"/>. The kernel answers each message that failed,
    /// and the last one in any case, since that one asks for it.
    /// </summary>
    public void Exchange(NetlinkWriter batch, uint first, uint last, Action<uint, NetlinkError> whenAnswered)
    {
        Send(batch);
        var isComplete = false;
        while (!isComplete)
        {
            var reader = Receive();
            while (reader.MoveNext())
            {
                var header = reader.Header;
                if (header.Type is not NetlinkType.Error || header.Sequence < first || header.Sequence > last)
                    continue;

                PortId = header.PortId;
                whenAnswered(header.Sequence, NetlinkError.Decode(header, reader.Body));
                isComplete |= header.Sequence == last;
            }

            ThrowIfCutOff(reader);
        }
    }

    /// <summary>Reads a whole table; once more if it changed meanwhile in a way that makes the answer doubtful.</summary>
    public List<T> Dump<T>(NetlinkType type, Action<NetlinkWriter> writeBody, DumpDecoder<T> decode)
        where T : class
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var items = new List<T>();
            var sequence = NextSequence();
            _writer.Clear();
            _writer.Begin(type, NetlinkFlags.Request | NetlinkFlags.Dump, sequence);
            writeBody(_writer);
            _writer.End();
            Send(_writer);
            if (TryCollect(sequence, decode, items))
                return items;
        }

        throw new DataplaneException($"The kernel's tables changed during each of {MostAttempts} readings.");
    }

    public void Dispose() => _socket.Dispose();

    private bool TryCollect<T>(uint sequence, DumpDecoder<T> decode, List<T> items)
        where T : class
    {
        var isConsistent = true;
        while (true)
        {
            var reader = Receive();
            while (reader.MoveNext())
            {
                var header = reader.Header;
                if (header.Sequence != sequence)
                    continue; // left over from a request that was given up

                isConsistent &= !header.Flags.HasFlag(NetlinkFlags.DumpInterrupted);
                if (header.Type is NetlinkType.Done or NetlinkType.Error)
                {
                    ThrowIfFailed(NetlinkError.Decode(header, reader.Body));
                    return isConsistent;
                }

                if (decode(reader.Body) is { } item)
                    items.Add(item);
            }

            ThrowIfCutOff(reader);
        }
    }

    // A table that nobody has used yet does not exist: nothing is in it.
    private static void ThrowIfFailed(NetlinkError error)
    {
        if (error.Code is not (Errno.None or Errno.NoEntry))
            throw new DataplaneException($"The kernel does not let its tables be read: {error}");
    }

    private static void ThrowIfCutOff(in NetlinkReader reader)
    {
        if (reader.IsCutOff)
            throw new DataplaneException("The kernel's answer is cut off.");
    }

    private void Send(NetlinkWriter messages)
    {
        try
        {
            _socket.Send(messages.Written.Span);
        }
        catch (SocketException problem)
        {
            throw new DataplaneException($"The kernel takes no requests ({problem.SocketErrorCode}).", problem);
        }
    }

    private NetlinkReader Receive()
    {
        try
        {
            return new(_received.AsSpan(0, _socket.Receive(_received)));
        }
        catch (SocketException problem)
        {
            throw new DataplaneException($"The kernel's answer was lost ({problem.SocketErrorCode}).", problem);
        }
    }
}
