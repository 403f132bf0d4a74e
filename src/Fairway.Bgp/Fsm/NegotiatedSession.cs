using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Bgp.Fsm;

/// <summary>What both OPENs agreed on.</summary>
public sealed record NegotiatedSession
{
    public required Asn PeerAsn { get; init; }

    public required RouterId PeerId { get; init; }

    public bool IsInternal { get; init; }

    /// <summary>Families that both sides offered.</summary>
    public ValueList<AddressFamily> Families { get; init; }

    public bool FourOctetAs { get; init; }

    /// <summary>The peer answers ROUTE-REFRESH.</summary>
    public bool RouteRefresh { get; init; }

    /// <summary>The smaller of both (RFC 4271 §4.2); 0: no timers.</summary>
    public TimeSpan HoldTime { get; init; }

    public TimeSpan Keepalive { get; init; }

    /// <summary>The peer's graceful restart, its families cut down to <see cref="Families"/>; null: it offered none or we did not.</summary>
    public GracefulRestartCapability? PeerGracefulRestart { get; init; }
}
