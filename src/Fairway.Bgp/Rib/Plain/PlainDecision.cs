using Fairway.Bgp.Rib.Decision;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Plain;

/// <summary>
/// The oracle: from what was received straight to what should be in Loc-RIB and in a peer's Adj-RIB-Out, one prefix at a time, without interning,
/// groups, logs or memory. It shares the pure rules with the compact tables and nothing else. Audits ask it for samples (design D6), tests for all.
/// </summary>
internal sealed class PlainDecision(RibOptions instance, MultipathOptions multipath, INextHopResolver resolver)
{
    public PlainChoice Choose(IpPrefix prefix, IEnumerable<PlainPath> received)
    {
        var eligible = new List<(PlainPath Path, AttributeSet Accepted, Candidate Candidate)>();
        foreach (var path in received)
        {
            var import = ImportRules.Evaluate(instance, path.Peer, prefix, path.Received);
            if (import.Attributes is { } accepted && Resolve(prefix, path, accepted.Value) is { IsReachable: true } resolution)
                eligible.Add((path, accepted, CandidateOf(path, accepted.Value, import.Weight, resolution.Metric)));
        }

        if (eligible.Count == 0)
            return default;
        Candidate[] candidates = [.. eligible.Select(item => item.Candidate)];
        var steps = new DecisionStep[candidates.Length];
        var others = new List<int>();
        var best = DecisionProcess.Select(candidates, steps);
        MultipathSelection.Select(
            candidates, steps, best, multipath, (left, right) => eligible[left].Accepted.Value.AsPath == eligible[right].Accepted.Value.AsPath, others);
        return new(eligible[best].Path, eligible[best].Accepted, others.Select(i => eligible[i].Path.Peer.Key).Order().ToValueList());
    }

    /// <summary>What the receiver should be sent; null: nothing.</summary>
    public AttributeSet? Export(IpPrefix prefix, PeerOptions receiver, RibSession session, AdvertisedPrefix? local, PlainChoice choice)
    {
        var target = ExportTarget.Of(receiver, session, prefix.Family);
        foreach (var alternative in local?.Alternatives ?? [])
        {
            if (alternative.Covers(receiver.Key))
                return ExportRules.Evaluate(instance, target, new(prefix, BgpRib.AttributesOf(alternative.Attributes), ExportSource.Local(alternative.Attributes.Prepend))).Attributes;
        }

        return choice.Best is { } best && best.Peer.Key != receiver.Key
            ? ExportRules.Evaluate(instance, target, new(prefix, choice.Attributes!, ExportSource.Learned(best.Peer))).Attributes
            : null;
    }

    private NextHopResolution Resolve(IpPrefix prefix, PlainPath path, PathAttributes attributes) => resolver.Resolve(
        new(attributes.NextHop ?? default, path.Peer.Key.Address, path.Interface, BgpRib.ReachOf(path.Peer)), excluding: prefix);

    private static Candidate CandidateOf(PlainPath path, PathAttributes attributes, uint weight, uint metric) => new()
    {
        Weight = weight,
        LocalPref = attributes.LocalPref ?? Candidate.DefaultLocalPref,
        AsPathLength = attributes.AsPath?.Length ?? 0,
        Origin = attributes.Origin ?? Origin.Incomplete,
        NeighborAsn = attributes.AsPath?.NeighborAsn ?? default,
        Med = attributes.Med ?? 0,
        IsExternal = path.Peer.Type == PeerType.External,
        IgpMetric = metric,
        RouterId = attributes.OriginatorId ?? path.RouterId,
        Peer = path.Peer.Key,
    };
}
