using System.Buffers;
using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Messages out of hex, spaces ignored.</summary>
internal static class WireBytes
{
    /// <summary>ORIGIN IGP, AS_PATH 64511, NEXT_HOP 192.0.2.2, in four-octet form.</summary>
    public const string Mandatory = "40010100 400206 02010000FBFF 400304 C0000202";

    public const string OriginAndPath = "40010100 400206 02010000FBFF";

    /// <summary>198.51.100.0/24.</summary>
    public const string Prefix = "18C63364";

    public static readonly SessionCodecOptions External = new();

    public static readonly SessionCodecOptions Internal = new() { IsInternal = true };

    public static readonly SessionCodecOptions TwoOctet = new() { FourOctetAs = false };

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Frame(BgpMessageType type, byte[] body)
    {
        var length = BgpFraming.HeaderLength + body.Length;
        return [.. Enumerable.Repeat((byte)0xFF, 16), (byte)(length >> 8), (byte)length, (byte)type, .. body];
    }

    public static byte[] Update(string attributes, string nlri = "", string withdrawn = "") =>
        Frame(BgpMessageType.Update, [.. Block(Hex(withdrawn)), .. Block(Hex(attributes)), .. Hex(nlri)]);

    /// <summary>An attribute with a two-octet length.</summary>
    public static string Attribute(int flags, int type, string value) => $"{flags | 0x10:X2}{type:X2}{Hex(value).Length:X4}{value}";

    public static Decoded<BgpMessage> Decode(byte[] message, SessionCodecOptions? options = null) => BgpMessageCodec.Decode(message, options ?? External);

    public static UpdateMessage DecodeUpdate(byte[] message, SessionCodecOptions? options = null)
    {
        var decoded = Decode(message, options);
        Assert.True(decoded.IsOk, decoded.Error?.Reason);
        return Assert.IsType<UpdateMessage>(decoded.Value);
    }

    public static NotificationMessage? ErrorOf(byte[] message, SessionCodecOptions? options = null) => Decode(message, options).Error?.Notification;

    public static byte[] Encode(BgpMessage message, SessionCodecOptions? options = null)
    {
        var output = new ArrayBufferWriter<byte>();
        BgpMessageCodec.Encode(message, options ?? External, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Cuts a stream into its messages.</summary>
    public static List<byte[]> Split(ReadOnlySpan<byte> stream)
    {
        var messages = new List<byte[]>();
        while (!stream.IsEmpty)
        {
            var length = BgpFraming.MessageLength(stream).Value;
            messages.Add(stream[..length].ToArray());
            stream = stream[length..];
        }

        return messages;
    }

    /// <summary>Every shorter body with a header that fits it.</summary>
    public static IEnumerable<byte[]> Truncations(byte[] message)
    {
        for (var length = BgpFraming.HeaderLength; length < message.Length; length++)
        {
            yield return Frame((BgpMessageType)message[18], message[BgpFraming.HeaderLength..length]);
        }
    }

    private static byte[] Block(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
