using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Next hops of 4, 16 or 32 octets (RFC 4271 §5.1.3, RFC 2545 §3) and which of them make sense.</summary>
internal static class NextHopCodec
{
    private const int GlobalAndLinkLocal = 32;

    /// <summary>Whether a next hop of this length can stand before routes of the family.</summary>
    public static bool IsLegalLength(int length, AddressFamily family) => family.IsIPv6 ? length is 16 or GlobalAndLinkLocal : length == 4;

    public static IpAddr First(ReadOnlySpan<byte> value) => IpAddr.FromBytes(value.Length == 4 ? value : value[..16]);

    public static IpAddr? LinkLocal(ReadOnlySpan<byte> value) => value.Length == GlobalAndLinkLocal ? IpAddr.FromBytes(value[16..]) : null;

    /// <summary>The value without a second address that is not link-local: RFC 2545 §3 allows no other.</summary>
    public static ReadOnlySpan<byte> WithoutBadLinkLocal(ReadOnlySpan<byte> value) =>
        LinkLocal(value) is { IsLinkLocal: false } ? value[..16] : value;

    /// <summary>Why the address can be nobody's next hop (RFC 4271 §6.3), or null.</summary>
    public static string? FindProblem(IpAddr address, SessionCodecOptions options)
    {
        if (address.IsUnspecified || address.IsMulticast || (address.IsIPv4 && (uint)address.Bits >> 24 is 0 or >= 240))
        {
            return $"{address} is not a host";
        }

        if (address.IsLoopback && address != options.PeerAddress)
        {
            return $"{address} is a loopback address";
        }

        return address == options.LocalAddress ? $"{address} is our own" : null;
    }
}
