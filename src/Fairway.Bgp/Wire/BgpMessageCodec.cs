using System.Buffers;

namespace Fairway.Bgp.Wire;

/// <summary>Whole messages, header included, to values and back.</summary>
public static class BgpMessageCodec
{
    /// <summary>Decodes exactly one message, as <see cref="BgpFraming.MessageLength"/> cut it off.</summary>
    public static Decoded<BgpMessage> Decode(ReadOnlySpan<byte> message, SessionCodecOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var length = BgpFraming.MessageLength(message);
        if (!length.IsOk)
        {
            return length.Error;
        }

        if (length.Value != message.Length)
        {
            return BgpFraming.BadLength(message.Length);
        }

        var body = message[BgpFraming.HeaderLength..];
        return (BgpMessageType)message[BgpFraming.HeaderLength - 1] switch
        {
            BgpMessageType.Open => OpenCodec.Decode(body).AsMessage(),
            BgpMessageType.Update => UpdateCodec.Decode(body, options).AsMessage(),
            BgpMessageType.Notification => NotificationCodec.Decode(body),
            BgpMessageType.Keepalive => KeepaliveMessage.Instance,
            _ => RouteRefreshCodec.Decode(body),
        };
    }

    /// <summary>Writes a message; an UPDATE of many prefixes becomes several.</summary>
    public static void Encode(BgpMessage message, SessionCodecOptions options, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        if (message is UpdateMessage update)
        {
            UpdateCodec.Encode(update, options, output);
            return;
        }

        var body = new ArrayBufferWriter<byte>();
        switch (message)
        {
            case OpenMessage open:
                OpenCodec.Encode(open, body);
                break;
            case NotificationMessage notification:
                NotificationCodec.Encode(notification, body);
                break;
            case RouteRefreshMessage refresh:
                RouteRefreshCodec.Encode(refresh, body);
                break;
        }

        BgpFraming.WriteHeader(output, message.Type, body.WrittenCount);
        output.Write(body.WrittenSpan);
    }

    private static Decoded<BgpMessage> AsMessage<T>(this Decoded<T> decoded)
        where T : BgpMessage => decoded.IsOk ? decoded.Value : decoded.Error;
}
