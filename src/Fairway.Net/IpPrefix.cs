using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairway.Net;

/// <summary>
/// An IPv4 or IPv6 prefix; bits beyond the length are always zero. Ordered by family, address, length.
/// <c>default</c> is 0.0.0.0/0.
/// </summary>
public readonly record struct IpPrefix : IComparable<IpPrefix>, ISpanParsable<IpPrefix>
{
    /// <summary>Masks <paramref name="address"/> to <paramref name="length"/> (0 to 32 or 128).</summary>
    public IpPrefix(IpAddr address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.BitLength);
        Address = Mask(address, length);
        Length = (byte)length;
    }

    public IpAddr Address { get; }

    public byte Length { get; }

    public bool IsIPv6 => Address.IsIPv6;

    public bool IsDefault => Length == 0;

    /// <summary>A single address: /32 or /128.</summary>
    public bool IsHost => Length == Address.BitLength;

    /// <summary>IPv4 or IPv6 unicast.</summary>
    public AddressFamily Family => IsIPv6 ? AddressFamily.Ipv6Unicast : AddressFamily.Ipv4Unicast;

    public static IpPrefix Host(IpAddr address) => new(address, address.BitLength);

    public bool Contains(IpAddr address) => address.IsIPv6 == IsIPv6 && Mask(address, Length) == Address;

    /// <summary>True for the prefix itself and every more specific one.</summary>
    public bool Contains(IpPrefix other) => other.Length >= Length && Contains(other.Address);

    public bool Overlaps(IpPrefix other) => Contains(other) || other.Contains(this);

    public int CompareTo(IpPrefix other) => Address.CompareTo(other.Address) is var order and not 0 ? order : Length.CompareTo(other.Length);

    public static bool operator <(IpPrefix left, IpPrefix right) => left.CompareTo(right) < 0;

    public static bool operator >(IpPrefix left, IpPrefix right) => left.CompareTo(right) > 0;

    public static bool operator <=(IpPrefix left, IpPrefix right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IpPrefix left, IpPrefix right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    /// <summary>Parses "address/length"; a plain address is a host prefix; host bits are masked off.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IpPrefix prefix) => TryParse(text.AsSpan(), null, out prefix);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out IpPrefix result)
    {
        result = default;
        var slash = s.IndexOf('/');
        if (!IpAddr.TryParse(slash < 0 ? s : s[..slash], provider, out var address))
        {
            return false;
        }

        var length = address.BitLength;
        if (slash >= 0 && (!int.TryParse(s[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > address.BitLength))
        {
            return false;
        }

        result = new IpPrefix(address, length);
        return true;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IpPrefix result) => TryParse(s.AsSpan(), provider, out result);

    public static IpPrefix Parse(string text) => Parse(text.AsSpan(), null);

    public static IpPrefix Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    public static IpPrefix Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var prefix) ? prefix : throw new FormatException($"'{s}' is not an IP prefix.");

    private static IpAddr Mask(IpAddr address, int length) => address.IsIPv6
        ? IpAddr.FromIPv6(length == 0 ? 0 : address.Bits & (UInt128.MaxValue << (128 - length)))
        : IpAddr.FromIPv4(length == 0 ? 0 : (uint)address.Bits & (uint.MaxValue << (32 - length)));
}
