namespace Fairway.Net.Options;

/// <summary>The one BGP instance of a node.</summary>
public sealed record BgpInstanceOptions
{
    public required Asn Asn { get; init; }

    public required RouterId RouterId { get; init; }

    /// <summary>Where connections are accepted; empty: all addresses of every family the host has, port 179. Port 0: connect only.</summary>
    public ValueList<ListenEndpoint> Listen { get; init; }

    public GracefulRestartOptions GracefulRestart { get; init; } = new();

    public MultipathOptions Multipath { get; init; } = new();
}

/// <summary>An address to listen on. <see cref="Address"/> null: every address of both families.</summary>
public readonly record struct ListenEndpoint(IpAddr? Address, ushort Port);

/// <summary>How much of RFC 4724 a peer gets.</summary>
public enum GracefulRestartMode
{
    /// <summary>We keep a restarting peer's routes, and ask the peer to keep ours.</summary>
    Full,

    /// <summary>We keep a restarting peer's routes only.</summary>
    Helper,
    Off,
}

/// <summary>Graceful restart of the instance. Times are whole seconds; restart time is 0 to 4095 s (12 bits, RFC 4724 §3).</summary>
public sealed record GracefulRestartOptions
{
    public GracefulRestartMode Mode { get; init; } = GracefulRestartMode.Full;

    public TimeSpan RestartTime { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a restarted speaker waits for End-of-RIB before it selects routes all the same (RFC 4724 §4.1).</summary>
    public TimeSpan SelectionDeferral { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>How many equal paths are used at once; 1 is a single best path.</summary>
public sealed record MultipathOptions
{
    public int Ebgp { get; init; } = 1;

    public int Ibgp { get; init; } = 1;

    /// <summary>Paths need equally long AS_PATHs, not equal ones.</summary>
    public bool RelaxAsPath { get; init; }
}
