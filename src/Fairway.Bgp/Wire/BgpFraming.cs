namespace Fairway.Bgp.Wire;

/// <summary>Cuts a stream of received bytes into messages (RFC 4271 §4.1, §6.1).</summary>
public static class BgpFraming
{
    public const int HeaderLength = 19;

    /// <summary>RFC 4271 §4.1; the extension of RFC 8654 is not negotiated.</summary>
    public const int MaxMessageLength = 4096;

    /// <summary>
    /// The length of the message, header included, that starts at <paramref name="received"/>; 0 while its header is not complete.
    /// A wrong marker, length or type is an error as soon as the header is there.
    /// </summary>
    public static Decoded<int> MessageLength(ReadOnlySpan<byte> received) => throw new NotImplementedException();
}
