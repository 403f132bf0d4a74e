using System.Net;
using Fairway.Dataplanes.Linux;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
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

    internal LinuxDataplaneOptions ToLinux(RoutePlace? previous) => new() { Table = Table, Metric = Metric, Protocol = Protocol, Previous = previous };
}

/// <summary>Who may call the agent's own API (design D17).</summary>
public sealed record ApiOptions
{
    public string Socket { get; init; } = "/run/fairway/fairway.sock";

    /// <summary>The group that may read, by name or number; null: <see cref="DefaultGroup"/> where the host has it, else the agent's own group.</summary>
    public string? Group { get; init; }

    public const string DefaultGroup = "fairway";
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

    /// <summary>Owners, the highest first (design D5).</summary>
    public ValueList<Owner> Precedence { get; init; } = new PolicyOptions().Precedence;

    /// <summary>Everything that is wrong with these options, as sentences that begin with the field of fairway.yaml and say what to do.</summary>
    public IEnumerable<string> Problems()
    {
        if (FilesPath is null)
        {
            yield return "sources.files.path: no source of documents; give --files DIR, or name one in the file of --config";
        }

        foreach (var problem in Dataplane.Kind is DataplaneKind.Linux ? Dataplane.ToLinux(null).Problems() : [])
        {
            yield return problem;
        }
    }
}
