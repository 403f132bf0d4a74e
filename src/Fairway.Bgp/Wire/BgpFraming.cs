using System.Buffers;
using System.Buffers.Binary;

namespace Fairway.Bgp.Wire;

/// <summary>Cuts a stream of received bytes into messages (RFC 4271 §4.1, §6.1).</summary>
public static class BgpFraming
{
    public const int HeaderLength = 19;

    /// <summary>RFC 4271 §4.1; the extension of RFC 8654 is not negotiated.</summary>
    public const int MaxMessageLength = 4096;

    private const int MarkerLength = 16;

    // RFC 4271 §4.1
    // +-------------------------------------------------------+
    // |                     Marker (128)                      |
    // +-------------------------------+-----------------------+
    // |          Length (16)          |       Type (8)        |
    // +-------------------------------+-----------------------+

    /// <summary>
    /// The length of the message, header included, that starts at <paramref name="received"/>; 0 while its header is not complete.
    /// A wrong marker, length or type is an error as soon as the header is there.
    /// </summary>
    public static Decoded<int> MessageLength(ReadOnlySpan<byte> received)
    {
        if (received.Length < HeaderLength)
        {
            return 0;
        }

        if (received[..MarkerLength].ContainsAnyExcept((byte)0xFF))
        {
            return new DecodeError(NotificationMessage.Header(HeaderSubcode.ConnectionNotSynchronized), "The marker is not all ones.");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(received[MarkerLength..]);
        if (length is < HeaderLength or > MaxMessageLength)
        {
            return BadLength(length);
        }

        var type = received[MarkerLength + 2];
        if (type is < (byte)BgpMessageType.Open or > (byte)BgpMessageType.RouteRefresh)
        {
            return new DecodeError(NotificationMessage.Header(HeaderSubcode.BadMessageType, type), $"There is no message type {type}.");
        }

        return LengthFits((BgpMessageType)type, length) ? length : BadLength(length);
    }

    /// <summary>Writes a whole message; <paramref name="bodyLength"/> must leave it within <see cref="MaxMessageLength"/>.</summary>
    internal static void WriteHeader(IBufferWriter<byte> output, BgpMessageType type, int bodyLength)
    {
        var length = HeaderLength + bodyLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxMessageLength, nameof(bodyLength));
        var header = output.GetSpan(HeaderLength);
        header[..MarkerLength].Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(header[MarkerLength..], (ushort)length);
        header[MarkerLength + 2] = (byte)type;
        output.Advance(HeaderLength);
    }

    /// <summary>RFC 4271 §6.1: a message of wrong length is answered with the length field.</summary>
    internal static DecodeError BadLength(int length) => new(
        NotificationMessage.Header(HeaderSubcode.BadMessageLength, (byte)(length >> 8), (byte)length),
        $"{length} octets is no legal length for this message.");

    private static bool LengthFits(BgpMessageType type, int length) => type switch
    {
        BgpMessageType.Open => length >= HeaderLength + 10,
        BgpMessageType.Update => length >= HeaderLength + 4,
        BgpMessageType.Notification => length >= HeaderLength + 2,
        BgpMessageType.Keepalive => length == HeaderLength,
        // RFC 2918 §3; entries of RFC 5291 may follow only where they were negotiated, which we never do.
        _ => length == HeaderLength + 4,
    };
}
