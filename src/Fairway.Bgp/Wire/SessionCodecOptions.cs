using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>What decoding and encoding must know of the session.</summary>
public sealed record SessionCodecOptions
{
    /// <summary>Both sides sent the four-octet AS capability (RFC 6793 §4.1).</summary>
    public bool FourOctetAs { get; init; } = true;

    public bool IsInternal { get; init; }

    /// <summary>Negotiated families; routes of another one are ignored.</summary>
    public ValueList<AddressFamily> Families { get; init; } = [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast];

    /// <summary>The peer's address of the session: the one loopback address that is valid as next hop (design D14).</summary>
    public IpAddr? PeerAddress { get; init; }

    /// <summary>Our own address of the session: never a valid next hop (RFC 4271 §5.1.3).</summary>
    public IpAddr? LocalAddress { get; init; }

    /// <summary>The AS that must stand first in each AS_PATH of an external peer (RFC 4271 §6.3); null: not checked.</summary>
    public Asn? RequiredFirstAsn { get; init; }
}
