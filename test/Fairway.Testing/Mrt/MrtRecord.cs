using Fairway.Net;

namespace Fairway.Testing.Mrt;

/// <summary>A BGP message as a collector recorded it (RFC 6396 §4.4).</summary>
public sealed record MrtRecord
{
    public required DateTimeOffset Time { get; init; }

    /// <summary>The timestamp has microseconds (BGP4MP_ET).</summary>
    public bool IsExtendedTime { get; init; }

    public required Asn PeerAsn { get; init; }

    public required Asn LocalAsn { get; init; }

    public required IpAddr PeerAddress { get; init; }

    public required IpAddr LocalAddress { get; init; }

    /// <summary>ASNs in the message have four octets.</summary>
    public bool FourOctetAs { get; init; }

    /// <summary>The collector itself sent the message.</summary>
    public bool IsLocal { get; init; }

    /// <summary>NLRI carry path identifiers (RFC 8050).</summary>
    public bool IsAddPath { get; init; }

    /// <summary>The whole message, header included.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }
}
