using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Fairway.Net;

/// <summary>
/// An IPv4 or IPv6 address without a zone. Ordered IPv4 first, then numerically. <c>default</c> is 0.0.0.0.
/// An IPv4-mapped IPv6 address stays IPv6.
/// </summary>
public readonly record struct IpAddr : IComparable<IpAddr>, ISpanParsable<IpAddr>
{
    private IpAddr(UInt128 bits, bool isIPv6)
    {
        Bits = bits;
        IsIPv6 = isIPv6;
    }

    /// <summary>The address as a number: 32 bits for IPv4, 128 for IPv6.</summary>
    public UInt128 Bits { get; }

    public bool IsIPv6 { get; }

    public bool IsIPv4 => !IsIPv6;

    /// <summary>Length in bits: 32 or 128.</summary>
    public int BitLength => IsIPv6 ? 128 : 32;

    /// <summary>Length in octets: 4 or 16.</summary>
    public int ByteLength => IsIPv6 ? 16 : 4;

    public bool IsUnspecified => Bits == 0;

    public bool IsLoopback => IsIPv6 ? Bits == 1 : (uint)Bits >> 24 == 127;

    /// <summary>fe80::/10 or 169.254.0.0/16.</summary>
    public bool IsLinkLocal => IsIPv6 ? Bits >> 118 == 0x3FA : (uint)Bits >> 16 == 0xA9FE;

    /// <summary>ff00::/8 or 224.0.0.0/4.</summary>
    public bool IsMulticast => IsIPv6 ? Bits >> 120 == 0xFF : (uint)Bits >> 28 == 0xE;

    public static IpAddr FromIPv4(uint bits) => new(bits, false);

    public static IpAddr FromIPv6(UInt128 bits) => new(bits, true);

    /// <summary>Reads 4 or 16 octets in network order.</summary>
    public static IpAddr FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => FromIPv6(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
        _ => throw new ArgumentException("An address has 4 or 16 octets.", nameof(bytes)),
    };

    public static IpAddr From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return FromBytes(bytes[..length]);
    }

    /// <summary>Writes 4 or 16 octets in network order and returns how many.</summary>
    public int WriteTo(Span<byte> destination)
    {
        if (IsIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);
            return 16;
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Bits);
        return 4;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[ByteLength];
        WriteTo(bytes);
        return bytes;
    }

    public IPAddress ToIPAddress() => new(ToBytes());

    public IPAddress ToIPAddress(long scopeId) => IsIPv6 ? new IPAddress(ToBytes(), scopeId) : ToIPAddress();

    public int CompareTo(IpAddr other) => IsIPv6 != other.IsIPv6 ? IsIPv6.CompareTo(other.IsIPv6) : Bits.CompareTo(other.Bits);

    public static bool operator <(IpAddr left, IpAddr right) => left.CompareTo(right) < 0;

    public static bool operator >(IpAddr left, IpAddr right) => left.CompareTo(right) > 0;

    public static bool operator <=(IpAddr left, IpAddr right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IpAddr left, IpAddr right) => left.CompareTo(right) >= 0;

    /// <summary>Dotted quad, or the RFC 5952 form.</summary>
    public override string ToString() => ToIPAddress().ToString();

    /// <summary>Parses a full dotted quad or an IPv6 address without a zone; "10.1" and "1" are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpAddr address) => TryParse(text.AsSpan(), null, out address);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out IpAddr result)
    {
        result = default;
        if (!IPAddress.TryParse(s, out var address) || s.Contains('%') || s.Contains('['))
        {
            return false;
        }

        if (address.AddressFamily == AddressFamilyV4 && (s.Count('.') != 3 || s.ContainsAny('x', 'X') || HasOctalPart(s)))
        {
            return false;
        }

        result = From(address);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IpAddr result) => TryParse(s.AsSpan(), provider, out result);

    public static IpAddr Parse(string text) => Parse(text.AsSpan(), null);

    public static IpAddr Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    public static IpAddr Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException($"'{s}' is not an IP address.");

    private const System.Net.Sockets.AddressFamily AddressFamilyV4 = System.Net.Sockets.AddressFamily.InterNetwork;

    // 010.1.1.1 means 8.1.1.1 to some parsers and 10.1.1.1 to others: refused.
    private static bool HasOctalPart(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (text[part] is ['0', _, ..])
            {
                return true;
            }
        }

        return false;
    }
}
