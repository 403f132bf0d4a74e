using System.Buffers;

namespace Fairway.Bgp.Wire;

/// <summary>Whole messages, header included, to values and back.</summary>
public static class BgpMessageCodec
{
    /// <summary>Decodes exactly one message, as <see cref="BgpFraming.MessageLength"/> cut it off.</summary>
    public static Decoded<BgpMessage> Decode(ReadOnlySpan<byte> message, SessionCodecOptions options) => throw new NotImplementedException();

    /// <summary>Writes a message; an UPDATE of many prefixes becomes several.</summary>
    public static void Encode(BgpMessage message, SessionCodecOptions options, IBufferWriter<byte> output) => throw new NotImplementedException();
}
