using System.Buffers;
using Fairway.Bgp.Wire;

namespace Fairway.Fuzz;

/// <summary>One target per decoder: takes any bytes and throws when the decoder breaks a promise.</summary>
internal static class FuzzTargets
{
    private static readonly SessionCodecOptions External = new();
    private static readonly SessionCodecOptions Internal = new() { IsInternal = true };
    private static readonly SessionCodecOptions TwoOctet = new() { FourOctetAs = false };

    public static readonly IReadOnlyDictionary<string, Action<byte[]>> All = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["framing"] = static input => ReadStream(input),
        ["open"] = static input => Decode(BgpMessageType.Open, input, External),
        ["update"] = static input => Decode(BgpMessageType.Update, input, External),
        ["update-internal"] = static input => Decode(BgpMessageType.Update, input, Internal),
        ["update-two-octet"] = static input => Decode(BgpMessageType.Update, input, TwoOctet),
        ["notification"] = static input => Decode(BgpMessageType.Notification, input, External),
        ["route-refresh"] = static input => Decode(BgpMessageType.RouteRefresh, input, External),
    };

    private static void ReadStream(ReadOnlySpan<byte> stream)
    {
        while (BgpFraming.MessageLength(stream) is { IsOk: true, Value: > 0 and var length } && length <= stream.Length)
        {
            Check(BgpMessageCodec.Decode(stream[..length], External), External);
            stream = stream[length..];
        }
    }

    private static void Decode(BgpMessageType type, byte[] body, SessionCodecOptions options)
    {
        var kept = body.AsSpan(0, Math.Min(body.Length, BgpFraming.MaxMessageLength - BgpFraming.HeaderLength));
        var length = BgpFraming.HeaderLength + kept.Length;
        Check(BgpMessageCodec.Decode([.. Enumerable.Repeat((byte)0xFF, 16), (byte)(length >> 8), (byte)length, (byte)type, .. kept], options), options);
    }

    /// <summary>What was accepted can be looked at, and its attributes are canonical; what was refused can be answered.</summary>
    private static void Check(Decoded<BgpMessage> decoded, SessionCodecOptions options)
    {
        switch (decoded)
        {
            case { Error: { } error }:
                BgpMessageCodec.Encode(error.Notification, options, new ArrayBufferWriter<byte>());
                break;
            case { Value: NotificationMessage notification }:
                Require(notification.ShutdownCommunication?.Any(char.IsControl) != true, "a communication that is not safe to log");
                break;
            case { Value: UpdateMessage update }:
                foreach (var routes in update.Announced)
                {
                    Require(routes.Attributes.Equals(AttributeSet.Of(routes.Attributes.Value)), "attributes that are not canonical");
                }

                break;
        }
    }

    private static void Require(bool condition, string broken)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The decoder accepted {broken}.");
        }
    }
}
