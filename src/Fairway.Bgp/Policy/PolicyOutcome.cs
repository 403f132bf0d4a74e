using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Policy;

/// <summary>
/// A policy list's answer. <see cref="Policy"/> and <see cref="Statement"/> (counted from 1) name what decided; both are null when no policy is
/// there, <see cref="Statement"/> alone when a policy's default or the end of the list decided.
/// </summary>
public readonly record struct PolicyOutcome(bool Accepted, RouteAttributes Attributes)
{
    /// <summary>The weight a statement set.</summary>
    public uint? Weight { get; init; }

    /// <summary>The MED a statement set; it is in <see cref="Attributes"/> as well.</summary>
    public uint? Med { get; init; }

    /// <summary>The next hop a statement wants.</summary>
    public NextHopPolicy? NextHop { get; init; }

    public string? Policy { get; init; }

    public int? Statement { get; init; }
}
