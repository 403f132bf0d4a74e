using System.Diagnostics.CodeAnalysis;

namespace Fairway.Net;

/// <summary>Address family identifiers, <see href="https://www.iana.org/assignments/address-family-numbers"/>.</summary>
public enum Afi : ushort
{
    Ipv4 = 1,
    Ipv6 = 2,
}

/// <summary>Subsequent address family identifiers, <see href="https://www.iana.org/assignments/safi-namespace"/>.</summary>
public enum Safi : byte
{
    Unicast = 1,
}

/// <summary>A pair of <see cref="Net.Afi"/> and <see cref="Net.Safi"/> (RFC 4760 §3); values without a name are legal on the wire.</summary>
public readonly record struct AddressFamily(Afi Afi, Safi Safi) : IComparable<AddressFamily>
{
    public static readonly AddressFamily Ipv4Unicast = new(Afi.Ipv4, Safi.Unicast);
    public static readonly AddressFamily Ipv6Unicast = new(Afi.Ipv6, Safi.Unicast);

    public bool IsIPv6 => Afi == Afi.Ipv6;

    public int CompareTo(AddressFamily other) => Afi != other.Afi ? Afi.CompareTo(other.Afi) : Safi.CompareTo(other.Safi);

    public static bool operator <(AddressFamily left, AddressFamily right) => left.CompareTo(right) < 0;

    public static bool operator >(AddressFamily left, AddressFamily right) => left.CompareTo(right) > 0;

    public static bool operator <=(AddressFamily left, AddressFamily right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AddressFamily left, AddressFamily right) => left.CompareTo(right) >= 0;

    public static bool TryParse([NotNullWhen(true)] string? text, out AddressFamily family)
    {
        (var known, family) = text switch
        {
            "ipv4-unicast" => (true, Ipv4Unicast),
            "ipv6-unicast" => (true, Ipv6Unicast),
            _ => (false, default),
        };
        return known;
    }

    public override string ToString() => this == Ipv4Unicast ? "ipv4-unicast" : this == Ipv6Unicast ? "ipv6-unicast" : $"afi-{(ushort)Afi}-safi-{(byte)Safi}";
}
