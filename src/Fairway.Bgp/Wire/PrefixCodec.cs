using System.Collections.Immutable;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Prefixes on the wire: a length in bits and as many octets as hold them (RFC 4271 §4.3, RFC 4760 §5).</summary>
internal static class PrefixCodec
{
    /// <summary>Octets that a prefix takes.</summary>
    public static int SizeOf(IpPrefix prefix) => 1 + ((prefix.Length + 7) / 8);

    /// <summary>Octets of the longest prefix of a family.</summary>
    public static int MaxSize(bool isIPv6) => isIPv6 ? 17 : 5;

    /// <summary>Reads until the end; false when a length is out of range or a prefix overruns. Bits beyond the length are masked off.</summary>
    public static bool TryReadAll(ReadOnlySpan<byte> bytes, bool isIPv6, ImmutableArray<IpPrefix>.Builder prefixes)
    {
        Span<byte> address = stackalloc byte[isIPv6 ? 16 : 4];
        while (!bytes.IsEmpty)
        {
            var length = bytes[0];
            var octets = (length + 7) / 8;
            if (octets > address.Length || octets > bytes.Length - 1)
            {
                return false;
            }

            address.Clear();
            bytes.Slice(1, octets).CopyTo(address);
            prefixes.Add(new IpPrefix(IpAddr.FromBytes(address), length));
            bytes = bytes[(1 + octets)..];
        }

        return true;
    }

    /// <summary>Writes one prefix and returns its size.</summary>
    public static int Write(IpPrefix prefix, Span<byte> destination)
    {
        Span<byte> address = stackalloc byte[16];
        prefix.Address.WriteTo(address);
        var size = SizeOf(prefix);
        destination[0] = prefix.Length;
        address[..(size - 1)].CopyTo(destination[1..]);
        return size;
    }
}
