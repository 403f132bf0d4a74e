using System.Buffers;

namespace Fairway.Bgp.Wire;

/// <summary>UPDATE bodies (RFC 4271 §4.3, RFC 4760, RFC 7606).</summary>
internal static class UpdateCodec
{
    public static Decoded<UpdateMessage> Decode(ReadOnlySpan<byte> body, SessionCodecOptions options) => new UpdateDecoder(options).Decode(body);

    /// <summary>Whole messages: withdrawals first, then announcements. Attributes too large for a message are the caller's mistake.</summary>
    public static void Encode(UpdateMessage message, SessionCodecOptions options, IBufferWriter<byte> output)
    {
        if (message.EndOfRib is { } family)
        {
            UpdateWriter.WriteEndOfRib(output, family);
        }

        foreach (var routes in message.Withdrawn.GroupBy(prefix => prefix.Family))
        {
            UpdateWriter.WriteWithdrawals(output, routes.Key, routes.ToArray());
        }

        foreach (var routes in message.Announced)
        {
            var messages = UpdateWriter.WriteAnnouncements(output, routes.Family, routes.Attributes, routes.Prefixes.AsSpan(), options.FourOctetAs);
            ArgumentOutOfRangeException.ThrowIfZero(messages, nameof(message));
        }
    }
}
