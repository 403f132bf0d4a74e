using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Dataplanes;

/// <summary>What a route does with packets.</summary>
public enum FibRouteKind
{
    Unicast,

    /// <summary>Refuses with ICMP unreachable: closes the holes of an aggregate.</summary>
    Unreachable,
}

/// <summary>
/// A route of ours in the forwarding table; table, metric and protocol are the dataplane's options (design D7).
/// Hops are sorted by gateway, then interface, so that equal sets compare equal; none for <see cref="FibRouteKind.Unreachable"/>.
/// </summary>
public sealed record FibRoute(IpPrefix Prefix, FibRouteKind Kind, ValueList<ResolvedHop> Hops)
{
    /// <summary>"via 192.0.2.1 dev eth0 via 192.0.2.2 dev eth1", for people.</summary>
    public override string ToString() => Kind is FibRouteKind.Unreachable
        ? "unreachable"
        : string.Join(' ', Hops.Select(hop => hop.Gateway is { } gateway ? $"via {gateway} dev {hop.Interface}" : $"dev {hop.Interface}"));
}

/// <summary>One step: null before adds, null after removes.</summary>
public readonly record struct FibChange(IpPrefix Prefix, FibRoute? Before, FibRoute? After);

/// <summary>Why a change was refused.</summary>
public enum FibRefusal
{
    /// <summary>A foreign route stands at our prefix and metric; it is never touched.</summary>
    Conflict,

    /// <summary>The kernel knows no way to the gateway (for instance the link went down).</summary>
    Unreachable,
    Other,
}

/// <summary>A change that the dataplane refused; it stays desired.</summary>
public readonly record struct FibFailure(IpPrefix Prefix, FibRefusal Refusal, string Reason);
