using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>The next hop of a route as sent; the second address only beside a global IPv6 one (RFC 2545 §3).</summary>
internal readonly record struct SentNextHop(IpAddr Global, IpAddr? LinkLocal);

/// <summary>Chooses the next hop (RFC 4271 §5.1.3, RFC 2545 §3). Pure.</summary>
internal static class NextHopRules
{
    /// <summary>
    /// A policy's wish comes first, then the advertisement's own address, then the peer's mode. Null: there is none of the right family.
    /// </summary>
    public static SentNextHop? Choose(ExportTarget target, in ExportRoute route, NextHopPolicy? wished)
    {
        var given = route.Attributes.Value.NextHop;
        var policy = wished ?? (route.Source.IsLocal && given is not null ? new(NextHopMode.Address, given) : target.NextHop);
        var chosen = policy.Mode switch
        {
            NextHopMode.Address when policy.Address is { } address => new SentNextHop(address, null),
            NextHopMode.Unchanged => Unchanged(target, given),
            NextHopMode.Auto when target.Type == PeerType.Internal && !route.Source.IsLocal => Unchanged(target, given),
            _ => Self(target),
        };
        return chosen is { } nextHop && nextHop.Global.IsIPv6 == target.Family.IsIPv6 ? chosen : null;
    }

    // A link-local next hop means nothing off its link, and a route of our own has none: ourselves instead.
    private static SentNextHop? Unchanged(ExportTarget target, IpAddr? given) =>
        given is { IsLinkLocal: false } global ? new(global, null) : Self(target);

    private static SentNextHop? Self(ExportTarget target) => target.LocalAddress is { } own
        ? new(own, own.IsLinkLocal ? null : target.LocalLinkLocal)
        : null;
}
