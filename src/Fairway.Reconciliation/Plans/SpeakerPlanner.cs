using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>The difference between two states of a speaker, as ordered steps.</summary>
public static class SpeakerPlanner
{
    /// <param name="applied">What is in place.</param>
    /// <param name="desired">What should be.</param>
    /// <param name="dirty">Prefixes that may differ; null looks at all of them. Instance and peers are always compared.</param>
    public static SpeakerPlan Between(SpeakerState applied, SpeakerState desired, IReadOnlyCollection<IpPrefix>? dirty = null)
    {
        ArgumentNullException.ThrowIfNull(applied);
        ArgumentNullException.ThrowIfNull(desired);
        var instance = Instance(applied.Instance, desired.Instance);
        var prefixes = Prefixes(applied, desired, dirty).Order().Select(prefix => Advertisement(applied, desired, prefix)).ToList();
        var peers = applied.Peers.Keys.Union(desired.Peers.Keys).Order()
            .Select(key => Peer(key, applied.Peers.GetValueOrDefault(key), desired.Peers.GetValueOrDefault(key)))
            .OfType<SpeakerChange.Peer>()
            .ToList();

        // Routes before peers, so that a new session's first updates are complete; a peer that goes needs no withdrawals first.
        return new SpeakerPlan(
        [
            .. instance.Where(change => change.After is not null),
            .. prefixes.Where(change => change.After is not null),
            .. peers.Where(change => change.After is not null),
            .. peers.Where(change => change.After is null),
            .. prefixes.Where(change => change.After is null),
            .. instance.Where(change => change.After is null),
        ]);
    }

    private static ImmutableArray<SpeakerChange.Instance> Instance(BgpInstanceOptions? before, BgpInstanceOptions? after) =>
        before == after ? [] : [new(before, after, InstanceChangeImpact.Of(before, after))];

    private static IEnumerable<IpPrefix> Prefixes(SpeakerState applied, SpeakerState desired, IReadOnlyCollection<IpPrefix>? dirty)
    {
        var candidates = dirty?.Distinct() ?? applied.Advertisements.Keys.Union(desired.Advertisements.Keys);
        return ReferenceEquals(applied.Advertisements, desired.Advertisements)
            ? []
            : candidates.Where(prefix => applied.Advertisements.GetValueOrDefault(prefix) != desired.Advertisements.GetValueOrDefault(prefix));
    }

    private static SpeakerChange.Advertisement Advertisement(SpeakerState applied, SpeakerState desired, IpPrefix prefix) =>
        new(prefix, applied.Advertisements.GetValueOrDefault(prefix), desired.Advertisements.GetValueOrDefault(prefix));

    private static SpeakerChange.Peer? Peer(PeerKey key, PeerOptions? before, PeerOptions? after) =>
        before == after ? null : new(key, before, after, PeerChangeImpact.Of(before, after));
}
