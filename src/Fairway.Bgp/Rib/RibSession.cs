using Fairway.Net;

namespace Fairway.Bgp.Rib;

/// <summary>The facts of an established session that routes depend on.</summary>
public sealed record RibSession
{
    /// <summary>The AS the peer showed in its OPEN (from the four-octet capability where present).</summary>
    public required Asn PeerAsn { get; init; }

    /// <summary>The peer's BGP identifier: decision step f.</summary>
    public required RouterId PeerRouterId { get; init; }

    /// <summary>Negotiated families (RFC 4760 §8).</summary>
    public required ValueList<AddressFamily> Families { get; init; }

    /// <summary>Both sides speak four-octet AS numbers (RFC 6793).</summary>
    public bool FourOctetAsn { get; init; } = true;

    /// <summary>Our IPv4 address for next hop self: the session's own, else one on its interface; null: none, so IPv4 routes that need it are not sent.</summary>
    public IpAddr? LocalIPv4 { get; init; }

    /// <summary>Our global IPv6 address for next hop self; on a session between link-local addresses, that link-local address.</summary>
    public IpAddr? LocalIPv6 { get; init; }

    /// <summary>Our link-local address on the link we share with the peer, sent beside the global one (RFC 2545 §3); null where no link is shared.</summary>
    public IpAddr? LocalLinkLocal { get; init; }

    /// <summary>The interface of a link-local or single-hop session, which link-local next hops need.</summary>
    public string? Interface { get; init; }
}
