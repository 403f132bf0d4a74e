using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>
/// Everything about a peer that the export of a route depends on, except the peer's identity: equal targets get equal routes, so it is the key of
/// an update group (design D9). The name is part of it only where a policy asks for names.
/// </summary>
internal sealed record ExportTarget
{
    public required AddressFamily Family { get; init; }

    public PeerType Type { get; init; }

    public NextHopPolicy NextHop { get; init; }

    public ValueList<RoutePolicy> Policies { get; init; }

    public bool RequiresPolicy { get; init; }

    public bool FourOctetAsn { get; init; } = true;

    /// <summary>Our own address for next hop self, of the family's kind; null: none.</summary>
    public IpAddr? LocalAddress { get; init; }

    public IpAddr? LocalLinkLocal { get; init; }

    /// <summary>"" unless a policy matches peer names.</summary>
    public string PeerName { get; init; } = "";

    public static ExportTarget Of(PeerOptions peer, RibSession session, AddressFamily family)
    {
        var policies = PeerFamilies.Of(peer, family).Export;
        return new()
        {
            Family = family,
            Type = peer.Type,
            NextHop = peer.NextHop,
            Policies = policies,
            RequiresPolicy = peer.RequiresPolicy,
            FourOctetAsn = session.FourOctetAsn,
            LocalAddress = family.IsIPv6 ? session.LocalIPv6 : session.LocalIPv4,
            LocalLinkLocal = family.IsIPv6 ? session.LocalLinkLocal : null,
            PeerName = policies.Items.Any(UsesNames) ? peer.Name : "",
        };
    }

    private static bool UsesNames(RoutePolicy policy) => policy.Statements.Items.Any(statement => UsesNames(statement.Match));

    private static bool UsesNames(PolicyMatch match) => !match.Peers.IsEmpty || (match.Not is { } not && UsesNames(not));
}
