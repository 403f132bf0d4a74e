using Fairway.Net;
using Fairway.Reconciliation;

namespace Fairway.Routing;

/// <summary>The dataplane section of the agent's options, as far as it decides what is installed.</summary>
public sealed record RoutingOptions
{
    /// <summary>The metric of our routes, which decides between ours and a foreign one at the same prefix.</summary>
    public uint Metric { get; init; } = 20;

    /// <summary>Prefixes that protection would refuse and that are installed all the same.</summary>
    public ValueList<IpPrefix> AllowProtected { get; init; }

    /// <summary>Never installed, with everything inside.</summary>
    public ValueList<IpPrefix> Exclude { get; init; }

    public ReconcilerOptions Reconciler { get; init; } = new();
}
