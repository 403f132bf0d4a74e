using System.Globalization;

namespace Fairway.Net;

/// <summary>A 4-octet autonomous system number (RFC 6793). 0 is reserved (RFC 7607) and means "none" as <c>default</c>.</summary>
public readonly record struct Asn(uint Value) : IComparable<Asn>
{
    /// <summary>AS_TRANS, which stands for a 4-octet AS towards a 2-octet speaker (RFC 6793 §9).</summary>
    public static readonly Asn Trans = new(23456);

    public bool IsFourOctet => Value > ushort.MaxValue;

    /// <summary>Private use (RFC 6996 §5).</summary>
    public bool IsPrivate => Value is (>= 64512 and <= 65534) or (>= 4200000000 and <= 4294967294);

    public int CompareTo(Asn other) => Value.CompareTo(other.Value);

    public static bool operator <(Asn left, Asn right) => left.Value < right.Value;

    public static bool operator >(Asn left, Asn right) => left.Value > right.Value;

    public static bool operator <=(Asn left, Asn right) => left.Value <= right.Value;

    public static bool operator >=(Asn left, Asn right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
