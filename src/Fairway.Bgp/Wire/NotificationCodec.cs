using System.Buffers;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>NOTIFICATION bodies (RFC 4271 §4.5).</summary>
internal static class NotificationCodec
{
    // +---------------+---------------+-------------------------------+
    // |   Code (8)    |  Subcode (8)  |       Data (variable)         |
    // +---------------+---------------+-------------------------------+
    public static NotificationMessage Decode(ReadOnlySpan<byte> body) =>
        new((NotificationCode)body[0], body[1], ValueList.Create(body[2..]));

    public static void Encode(NotificationMessage message, IBufferWriter<byte> output)
    {
        output.WriteByte((byte)message.Code);
        output.WriteByte(message.Subcode);
        // RFC 4271 §6.3 wants the bad attribute whole; a long one is cut so that the message stays legal.
        var room = BgpFraming.MaxMessageLength - BgpFraming.HeaderLength - 2;
        output.Write(message.Data.AsSpan()[..Math.Min(message.Data.Count, room)]);
    }
}
