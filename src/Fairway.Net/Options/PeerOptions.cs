using Fairway.Net.Policies;

namespace Fairway.Net.Options;

/// <summary>A BGP peer as a speaker is told of it: everything resolved, nothing inherited.</summary>
public sealed record PeerOptions
{
    /// <summary>The name of the object that wished for the peer.</summary>
    public required string Name { get; init; }

    public required PeerKey Key { get; init; }

    /// <summary>The AS the peer must show, or null: any AS that makes the session of type <see cref="Type"/>.</summary>
    public Asn? Asn { get; init; }

    public PeerType Type { get; init; }

    public ushort Port { get; init; } = 179;

    public string Description { get; init; } = "";

    public IpAddr? SourceAddress { get; init; }

    public string? SourceInterface { get; init; }

    /// <summary>Only accepts; never opens a connection.</summary>
    public bool Passive { get; init; }

    public ValueList<PeerFamilyOptions> Families { get; init; } =
        [new PeerFamilyOptions(AddressFamily.Ipv4Unicast), new PeerFamilyOptions(AddressFamily.Ipv6Unicast)];

    public PeerTimers Timers { get; init; } = new();

    /// <summary>TCP MD5 key (RFC 2385). Null: none wished. See <see cref="SecretValue"/> for one that cannot be read.</summary>
    public SecretValue? Password { get; init; }

    /// <summary>TTL of the session: 1 for external peers without multihop, 64 for internal ones; null takes that default.</summary>
    public int? MultihopTtl { get; init; }

    public bool EnforceFirstAsn { get; init; } = true;

    /// <summary>How often our own AS may stand in a received AS_PATH.</summary>
    public int AllowOwnAsn { get; init; }

    public NextHopPolicy NextHop { get; init; }

    public LearnedTreatment Learned { get; init; } = new();

    public GracefulRestartMode GracefulRestart { get; init; } = GracefulRestartMode.Full;

    /// <summary>Restart time we tell this peer; null: the instance's.</summary>
    public TimeSpan? RestartTime { get; init; }

    /// <summary>RFC 8212: with true a family without a policy imports (exports) nothing. False for internal peers.</summary>
    public bool RequiresPolicy { get; init; }

    /// <summary>Kept down by the operator, with the communication of RFC 9003 (at most 255 octets of UTF-8).</summary>
    public ShutdownOptions? Shutdown { get; init; }
}

/// <summary>One family of a peer with its policies, in order; an empty list accepts all, subject to <see cref="PeerOptions.RequiresPolicy"/>.</summary>
public sealed record PeerFamilyOptions(AddressFamily Family)
{
    public ValueList<RoutePolicy> Import { get; init; }

    public ValueList<RoutePolicy> Export { get; init; }
}

/// <summary>Session timers. Hold is 0 (off) or 3 s to 65535 s; keepalive null means a third of the negotiated hold time.</summary>
public sealed record PeerTimers
{
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(90);

    public TimeSpan? Keepalive { get; init; }

    public TimeSpan ConnectRetry { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Keeps a session down and says why to the peer.</summary>
public sealed record ShutdownOptions(string Message);

/// <summary>To whom learned routes are passed on.</summary>
public enum Readvertise
{
    None,
    Ibgp,
    All,
}

/// <summary>What happens with what is learned from a peer (design D15).</summary>
public sealed record LearnedTreatment
{
    public bool Accept { get; init; } = true;

    public bool Install { get; init; } = true;

    public Readvertise Readvertise { get; init; } = Readvertise.All;
}
