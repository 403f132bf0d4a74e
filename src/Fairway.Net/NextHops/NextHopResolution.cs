namespace Fairway.Net.NextHops;

/// <summary>
/// A question for the way to a BGP next hop (RFC 4271 §9.1.2.1; design D14). <see cref="Interface"/> is the session's interface, needed for
/// link-local addresses. <see cref="SessionAddress"/> is the peer's own address: a loopback next hop is valid only if equal to it.
/// </summary>
public readonly record struct NextHopQuery(IpAddr Address, IpAddr SessionAddress, string? Interface, NextHopReach Reach);

/// <summary>Which routes may lead to a next hop.</summary>
public enum NextHopReach
{
    /// <summary>Single-hop external peer: routes that are not ours, without the default route.</summary>
    Foreign,

    /// <summary>Internal peer: ours as well.</summary>
    Ours,

    /// <summary>Multihop peer: ours as well, and the default route.</summary>
    OursAndDefault,
}

/// <summary>One on-link hop: the gateway, or null when the destination itself is on that link.</summary>
public readonly record struct ResolvedHop(IpAddr? Gateway, string Interface, int InterfaceIndex, int Weight = 1);

/// <summary>The answer to a <see cref="NextHopQuery"/>.</summary>
public sealed record NextHopResolution
{
    public static NextHopResolution Unreachable(string reason) => new() { Reason = reason };

    /// <summary>Without a dataplane every next hop counts as reached, at metric 0, over no hop.</summary>
    public static readonly NextHopResolution Unchecked = new() { IsReachable = true };

    public bool IsReachable { get; init; }

    /// <summary>Cost of the route that led there: the decision step RFC 4271 §9.1.2.2 e.</summary>
    public uint Metric { get; init; }

    public ValueList<ResolvedHop> Hops { get; init; }

    /// <summary>The route that led there, and whether it is one of ours.</summary>
    public IpPrefix? Via { get; init; }

    public bool ViaOurs { get; init; }

    /// <summary>Why there is no way.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Resolves next hops from a snapshot in memory; safe from any thread. Queries are remembered, and the owner of the resolver tells the
/// speaker when the answer to one of them changes.
/// </summary>
public interface INextHopResolver
{
    /// <param name="query">What to resolve.</param>
    /// <param name="excluding">A route of ours that must not lead there: a route never resolves through itself.</param>
    NextHopResolution Resolve(in NextHopQuery query, IpPrefix? excluding = null);
}
