using System.Globalization;
using Fairway.Bgp.Policy;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>From Adj-RIB-In to Loc-RIB: loops, treatment, RFC 8212, policies. Pure.</summary>
internal static class ImportRules
{
    public static ImportOutcome Evaluate(RibOptions instance, PeerOptions peer, IpPrefix prefix, AttributeSet received)
    {
        var family = PeerFamilies.Of(peer, prefix.Family);
        return Refusal(instance, peer, family, received.Value) is { } refusal
            ? refusal
            : RunPolicies(instance, peer, family, prefix, received);
    }

    private static ImportOutcome? Refusal(RibOptions instance, PeerOptions peer, PeerFamilyOptions family, PathAttributes received)
    {
        // RFC 4271 §9.1.2: AS loop detection
        var own = received.AsPath?.CountOf(instance.Asn) ?? 0;
        if (own > peer.AllowOwnAsn)
            return ImportOutcome.Rejected(peer.Name, "allowOwnAsn", string.Create(CultureInfo.InvariantCulture, $"AS loop: our AS {instance.Asn} is in the path {received.AsPath}"));
        if (received.OriginatorId == instance.RouterId)
            return ImportOutcome.Rejected(peer.Name, "routerId", "loop: ORIGINATOR_ID is ours (RFC 4456 §8)");
        if (!peer.Learned.Accept)
            return ImportOutcome.Rejected(peer.Name, "learned.import", "nothing is accepted from this peer");
        if (peer.RequiresPolicy && family.Import.IsEmpty)
            return ImportOutcome.Rejected(peer.Name, "import", "no import policy (RFC 8212)");
        return null;
    }

    private static ImportOutcome RunPolicies(RibOptions instance, PeerOptions peer, PeerFamilyOptions family, IpPrefix prefix, AttributeSet received)
    {
        if (family.Import.IsEmpty)
            return new(received, 0);
        var route = received.Value.ToRouteAttributes();
        var outcome = PolicyEvaluator.Evaluate(family.Import, new(prefix, RouteSource.Bgp, peer.Type, peer.Name, instance.Asn, route));
        if (!outcome.Accepted)
            return ImportOutcome.Rejected(outcome.Policy!, StatementField(outcome), "rejected by import policy");
        return new(Merge(received, route, outcome), outcome.Weight ?? 0);
    }

    // "self" has no meaning on import: only an address replaces the next hop.
    private static AttributeSet Merge(AttributeSet received, RouteAttributes before, PolicyOutcome outcome)
    {
        var nextHop = outcome.NextHop is { Mode: NextHopMode.Address, Address: { } address } ? address : (IpAddr?)null;
        if (ReferenceEquals(before, outcome.Attributes) && nextHop is null)
            return received;
        var merged = AttributeMerge.Into(received.Value, outcome.Attributes);
        return AttributeSet.Of(nextHop is null ? merged : merged with { NextHop = nextHop, LinkLocalNextHop = null });
    }

    internal static string StatementField(PolicyOutcome outcome) =>
        outcome.Statement is { } number ? string.Create(CultureInfo.InvariantCulture, $"statements[{number - 1}]") : "default";
}
