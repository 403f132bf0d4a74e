namespace Fairway.Net.Options;

/// <summary>Names a peer of this node: its address, and the interface where the address is link-local.</summary>
public readonly record struct PeerKey(IpAddr Address, string? Interface = null) : IComparable<PeerKey>
{
    public int CompareTo(PeerKey other) => Address.CompareTo(other.Address) is var order and not 0 ? order : string.CompareOrdinal(Interface, other.Interface);

    public static bool operator <(PeerKey left, PeerKey right) => left.CompareTo(right) < 0;

    public static bool operator >(PeerKey left, PeerKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(PeerKey left, PeerKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PeerKey left, PeerKey right) => left.CompareTo(right) >= 0;

    /// <summary>"192.0.2.1" or "fe80::1%eth0".</summary>
    public override string ToString() => Interface is null ? Address.ToString() : $"{Address}%{Interface}";
}
