using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>A peer as it is now.</summary>
public sealed record PeerStatus
{
    public required PeerKey Key { get; init; }

    public required string Name { get; init; }

    /// <summary>The AS the peer showed, else the configured one.</summary>
    public Asn Asn { get; init; }

    public BgpState State { get; init; }

    public ValueList<AddressFamily> FamiliesNegotiated { get; init; }

    /// <summary>Paths in Adj-RIB-In, those of them that import accepted, prefixes in Adj-RIB-Out.</summary>
    public long Received { get; init; }

    public long Accepted { get; init; }

    public long Advertised { get; init; }

    public DateTimeOffset? EstablishedAt { get; init; }

    /// <summary>Why the session is not up, or last went down.</summary>
    public string? LastError { get; init; }

    public RouterId RouterId { get; init; }

    public TimeSpan HoldTime { get; init; }

    /// <summary>Our own address of the session.</summary>
    public IpAddr? LocalAddress { get; init; }

    /// <summary>
    /// Families in which the peer helps when we restart, for <c>--state</c> (design D8): all that were negotiated if it sent the capability, even
    /// without families, as one does that only helps (RFC 4724 §3).
    /// </summary>
    public ValueList<AddressFamily> GracefulRestartFamilies { get; init; }

    /// <summary>The peer is restarting and its routes are kept as stale.</summary>
    public bool PeerRestarting { get; init; }

    public long MessagesIn { get; init; }

    public long MessagesOut { get; init; }

    public long UpdatesIn { get; init; }

    public long UpdatesOut { get; init; }
}
