namespace Fairway.Net;

/// <summary>A BGP identifier: 32 bits, unique in the AS and not zero (RFC 6286 §2.1), written as a dotted quad. <c>default</c> means "none".</summary>
public readonly record struct RouterId(uint Value) : IComparable<RouterId>
{
    public static RouterId Parse(string text) => new((uint)IpAddr.Parse(text).Bits);

    public int CompareTo(RouterId other) => Value.CompareTo(other.Value);

    public static bool operator <(RouterId left, RouterId right) => left.Value < right.Value;

    public static bool operator >(RouterId left, RouterId right) => left.Value > right.Value;

    public static bool operator <=(RouterId left, RouterId right) => left.Value <= right.Value;

    public static bool operator >=(RouterId left, RouterId right) => left.Value >= right.Value;

    public override string ToString() => IpAddr.FromIPv4(Value).ToString();
}
