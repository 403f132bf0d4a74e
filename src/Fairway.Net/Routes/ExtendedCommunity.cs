using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fairway.Net.Routes;

/// <summary>
/// An extended community (RFC 4360): eight octets. Text: "rt:65000:1" and "soo:65000:1" (two-octet AS, four-octet AS per RFC 5668,
/// or IPv4 address as administrator), everything else "0x" and sixteen hex digits.
/// </summary>
public readonly record struct ExtendedCommunity(ulong Value) : IComparable<ExtendedCommunity>
{
    private const byte RouteTarget = 0x02;
    private const byte RouteOrigin = 0x03;

    public byte Type => (byte)(Value >> 56);

    public byte Subtype => (byte)(Value >> 48);

    /// <summary>Bit 1 of the type: not transitive across ASes (RFC 4360 §2).</summary>
    public bool IsTransitive => (Type & 0x40) == 0;

    public static bool TryParse([NotNullWhen(true)] string? text, out ExtendedCommunity community)
    {
        community = default;
        if (text is null)
        {
            return false;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            var hex = text.AsSpan(2);
            var parsed = ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var raw) && hex.Length == 16;
            community = new(raw);
            return parsed;
        }

        var parts = text.Split(':');
        return parts.Length == 3
            && (parts[0] switch { "rt" => RouteTarget, "soo" => RouteOrigin, _ => (byte)0 }) is var subtype and not 0
            && TryEncode(parts[1], parts[2], subtype, out community);
    }

    public static ExtendedCommunity Parse(string text) => TryParse(text, out var community) ? community : throw new FormatException($"'{text}' is not an extended community.");

    public int CompareTo(ExtendedCommunity other) => Value.CompareTo(other.Value);

    public static bool operator <(ExtendedCommunity left, ExtendedCommunity right) => left.Value < right.Value;

    public static bool operator >(ExtendedCommunity left, ExtendedCommunity right) => left.Value > right.Value;

    public static bool operator <=(ExtendedCommunity left, ExtendedCommunity right) => left.Value <= right.Value;

    public static bool operator >=(ExtendedCommunity left, ExtendedCommunity right) => left.Value >= right.Value;

    public override string ToString()
    {
        var name = Subtype switch { RouteTarget => "rt", RouteOrigin => "soo", _ => null };
        return (name, Type) switch
        {
            (not null, 0x00) => string.Create(CultureInfo.InvariantCulture, $"{name}:{(ushort)(Value >> 32)}:{(uint)Value}"),
            (not null, 0x01) => string.Create(CultureInfo.InvariantCulture, $"{name}:{IpAddr.FromIPv4((uint)(Value >> 16))}:{(ushort)Value}"),
            (not null, 0x02) => string.Create(CultureInfo.InvariantCulture, $"{name}:{(uint)(Value >> 16)}:{(ushort)Value}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"0x{Value:x16}"),
        };
    }

    private static bool TryEncode(string administrator, string assigned, byte subtype, out ExtendedCommunity community)
    {
        community = default;
        if (!Digits.TryParse(assigned, out uint number))
        {
            return false;
        }

        ulong? value = null;
        if (administrator.Contains('.', StringComparison.Ordinal))
        {
            value = IpAddr.TryParse(administrator, out var address) && address.IsIPv4 && number <= ushort.MaxValue
                ? Pack(0x01, subtype, ((ulong)address.Bits << 16) | number)
                : null;
        }
        else if (Digits.TryParse(administrator, out ushort two))
        {
            value = Pack(0x00, subtype, ((ulong)two << 32) | number);
        }
        else if (Digits.TryParse(administrator, out uint four) && number <= ushort.MaxValue)
        {
            value = Pack(0x02, subtype, ((ulong)four << 16) | number);
        }

        community = new(value ?? 0);
        return value is not null;
    }

    private static ulong Pack(byte type, byte subtype, ulong rest) => ((ulong)type << 56) | ((ulong)subtype << 48) | rest;
}
