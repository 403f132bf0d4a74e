using Fairway.Bgp.Policy;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>From Loc-RIB to a peer's Adj-RIB-Out: RFC 4271 §9.1.3 and §9.2, RFC 1997, the source's treatment, policies, attributes as sent. Pure.</summary>
internal static class ExportRules
{
    public static ExportOutcome Evaluate(RibOptions instance, ExportTarget target, in ExportRoute route)
    {
        var attributes = route.Attributes.Value;
        if (Refusal(target, route.Source, attributes) is { } refusal)
            return refusal;

        attributes = AcrossTheBorder(target, route.Source, attributes);
        var before = attributes.ToRouteAttributes();
        var source = route.Source.IsLocal ? RouteSource.Local : RouteSource.Bgp;
        var outcome = PolicyEvaluator.Evaluate(target.Policies, new(route.Prefix, source, target.Type, target.PeerName, instance.Asn, before));
        if (!outcome.Accepted)
            return ExportOutcome.Refused(outcome.Policy, ImportRules.StatementField(outcome), "rejected by export policy");

        if (!ReferenceEquals(before, outcome.Attributes))
            attributes = AttributeMerge.Into(attributes, outcome.Attributes);
        var sent = AsSent(instance, target, route.Source, attributes, outcome.Med);
        return NextHopRules.Choose(target, route, outcome.NextHop) is { } nextHop
            ? Fit(target, AttributeSet.Of(sent with { NextHop = nextHop.Global, LinkLocalNextHop = nextHop.LinkLocal }))
            : new(null, ExportGate.NextHop, null, "nextHop", $"no next hop of family {target.Family} towards this peer");
    }

    private static ExportOutcome? Refusal(ExportTarget target, ExportSource source, PathAttributes attributes)
    {
        if (target.RequiresPolicy && target.Policies.IsEmpty)
            return ExportOutcome.Refused(null, "export", "no export policy (RFC 8212)");
        if (source.IsLocal)
            return null;
        // RFC 4271 §9.2.1: what an internal peer taught stays with us, there is no route reflection.
        if (source.Type == PeerType.Internal && target.Type == PeerType.Internal)
            return ExportOutcome.Refused(null, "type", "learned from an internal peer, not passed to internal ones");
        if (source.Readvertise == Readvertise.None || (source.Readvertise == Readvertise.Ibgp && target.Type == PeerType.External))
            return ExportOutcome.Refused(null, "learned.readvertise", "the peer it was learned from is not readvertised here");
        return CommunityRefusal(target, attributes.Communities);
    }

    // RFC 1997: these bind whoever received them; on a route of our own they are for the receiver.
    private static ExportOutcome? CommunityRefusal(ExportTarget target, ValueList<Community> communities)
    {
        foreach (var community in communities)
        {
            if (community == Community.NoAdvertise)
                return ExportOutcome.Refused(null, "communities", "carries no-advertise (RFC 1997)");
            if (target.Type == PeerType.External && (community == Community.NoExport || community == Community.NoExportSubconfed))
                return ExportOutcome.Refused(null, "communities", $"carries {community} (RFC 1997)");
        }

        return null;
    }

    // RFC 4360 §6: a non-transitive extended community that was received does not leave the AS.
    private static PathAttributes AcrossTheBorder(ExportTarget target, ExportSource source, PathAttributes attributes) =>
        target.Type == PeerType.External && !source.IsLocal && !attributes.ExtendedCommunities.IsEmpty
            ? attributes with { ExtendedCommunities = attributes.ExtendedCommunities.Where(community => community.IsTransitive).ToValueList() }
            : attributes;

    private static PathAttributes AsSent(RibOptions instance, ExportTarget target, ExportSource source, PathAttributes attributes, uint? policyMed)
    {
        var path = attributes.AsPath ?? AsPath.Empty;
        if (target.Type == PeerType.Internal)
        {
            // RFC 4271 §5.1.5: LOCAL_PREF to internal peers always.
            return attributes with { AsPath = path, Origin = attributes.Origin ?? Origin.Incomplete, LocalPref = attributes.LocalPref ?? Decision.Candidate.DefaultLocalPref };
        }

        return attributes with
        {
            Origin = attributes.Origin ?? Origin.Incomplete,
            AsPath = path.Prepend(instance.Asn, 1 + source.Prepend),
            LocalPref = null,
            // RFC 4271 §5.1.4: a received MED is not passed to other ASes.
            Med = source.IsLocal ? attributes.Med : policyMed,
            OriginatorId = null,
            ClusterList = default,
        };
    }

    // RFC 4271 §4.1: a message has 4,096 octets. Header, lengths, MP_REACH_NLRI and one prefix need less than 80 of them; AS4_PATH and
    // AS4_AGGREGATOR at most double the AS_PATH of a two-octet session (RFC 6793 §4.2.2).
    private static ExportOutcome Fit(ExportTarget target, AttributeSet attributes)
    {
        var length = attributes.Bytes.Length * (target.FourOctetAsn ? 2 : 3) / 2;
        return length <= BgpFraming.MaxMessageLength - 80
            ? new(attributes)
            : new(null, ExportGate.Sent, null, null, "the attributes leave no room for a prefix in a message of 4096 octets");
    }
}
