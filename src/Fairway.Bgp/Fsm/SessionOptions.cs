using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Fsm;

/// <summary>What a session is configured with; constant while it is up.</summary>
public sealed record SessionOptions
{
    public required Asn LocalAsn { get; init; }

    public required RouterId LocalId { get; init; }

    /// <summary>The AS the peer must show, or null: any AS that makes a session of <see cref="PeerType"/>.</summary>
    public Asn? PeerAsn { get; init; }

    public PeerType PeerType { get; init; }

    /// <summary>0 (no keepalives) or at least 3 s.</summary>
    public TimeSpan HoldTime { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Null: a third of the negotiated hold time; never more than that third.</summary>
    public TimeSpan? Keepalive { get; init; }

    public TimeSpan ConnectRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Only accepts connections.</summary>
    public bool Passive { get; init; }

    public ValueList<AddressFamily> Families { get; init; } = [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast];

    /// <summary>What our OPEN says of graceful restart (design D8); null: nothing.</summary>
    public GracefulRestartCapability? GracefulRestart { get; init; }
}
