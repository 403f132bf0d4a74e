using System.Net;
using Fairway.Net;
using Fairway.Reconciliation.Drift;
using Fairway.Speakers;

namespace Fairway.Agent;

/// <summary>Which dataplane the agent writes.</summary>
public enum DataplaneKind
{
    Linux,

    /// <summary>Routes are learned and passed on, but not installed; every next hop counts as reached.</summary>
    None,
}

/// <summary>The <c>dataplane</c> part of fairway.yaml (design D7).</summary>
public sealed record DataplaneOptions
{
    public DataplaneKind Kind { get; init; } = DataplaneKind.Linux;

    public uint Table { get; init; } = 254;

    public uint Metric { get; init; } = 20;

    public byte Protocol { get; init; } = 196;

    /// <summary>Prefixes that are never installed, with everything inside them.</summary>
    public ValueList<IpPrefix> Exclude { get; init; }

    /// <summary>Protected prefixes that may be installed all the same.</summary>
    public ValueList<IpPrefix> AllowProtected { get; init; }
}

/// <summary>Who may call the agent's own API (design D17).</summary>
public sealed record ApiOptions
{
    public string Socket { get; init; } = "/run/fairway/fairway.sock";

    /// <summary>The group that may read; null: only the agent's user and root.</summary>
    public string? Group { get; init; }

    public ValueList<uint> AdminUids { get; init; } = [0];

    public ValueList<uint> AdminGids { get; init; }
}

/// <summary>Everything `fairway agent` is told: fairway.yaml, with flags winning over it.</summary>
public sealed record AgentOptions
{
    public required string Node { get; init; }

    /// <summary>The directory of documents; null: no Files source.</summary>
    public string? FilesPath { get; init; }

    public TimeSpan FilesSettle { get; init; } = TimeSpan.FromMilliseconds(50);

    public DataplaneOptions Dataplane { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    /// <summary>Where /healthz, /readyz and /metrics are served; null: nowhere.</summary>
    public IPEndPoint? Http { get; init; } = new(IPAddress.Loopback, 9179);

    /// <summary>Directory for what outlives a restart; null: nothing does.</summary>
    public string? State { get; init; } = "/var/lib/fairway";

    public StopPolicy Stop { get; init; } = StopPolicy.Keep;

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public DriftPolicy SpeakerDrift { get; init; } = DriftPolicy.Repair;

    public DriftPolicy DataplaneDrift { get; init; } = DriftPolicy.Repair;

    /// <summary>Least time between two audits.</summary>
    public TimeSpan AuditInterval { get; init; } = TimeSpan.FromSeconds(30);
}
