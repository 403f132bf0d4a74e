using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Reconciliation.Compilation;

/// <summary>Weighs all wishes for one prefix and orders them, per peer, as design D5 says.</summary>
internal static class AdvertisementCompiler
{
    public static CompiledPrefix Compile(
        IpPrefix prefix, IEnumerable<AdvertisementCandidate> candidates, ImmutableArray<SelectablePeer> peers, IComparer<Intent> ranking)
    {
        var carriers = peers.Where(peer => peer.Families.Items.Contains(prefix.Family)).ToList();
        var covered = new Dictionary<PeerKey, AdvertisementCandidate>();
        var wishes = ImmutableDictionary.CreateBuilder<IntentKey, CompiledWish>();
        var counting = new List<(AdvertisementCandidate Candidate, AdvertisedAlternative Alternative)>();
        foreach (var candidate in InOrder(candidates, ranking))
        {
            if (!candidate.Holds)
            {
                wishes[candidate.Source.Key] = new CompiledWish([], NotMet((AdvertisementIntent)candidate.Source));
                continue;
            }

            var selected = carriers.Where(peer => peer.IsSelectedBy(candidate.Selector)).Select(peer => peer.Key).Order().ToValueList();
            var targets = selected.Where(peer => covered.TryAdd(peer, candidate)).ToValueList();
            wishes[candidate.Source.Key] = new CompiledWish(targets, VerdictOn(candidate, selected, targets, covered, prefix.Family));
            if (!targets.IsEmpty)
            {
                counting.Add((candidate, new AdvertisedAlternative(candidate.IsScoped ? selected : null, candidate.Attributes)));
            }
        }

        return new CompiledPrefix
        {
            Advertised = counting.Count == 0 ? null : new AdvertisedPrefix(prefix, counting.Select(pair => pair.Alternative).ToValueList()),
            Owner = counting.Count == 0 ? null : counting[0].Candidate.Source.Key.Owner,
            Blackhole = counting.Any(pair => pair.Candidate.Blackhole),
            Wishes = wishes.ToImmutable(),
        };
    }

    /// <summary>Owners by rank, as their best wish ranks; within an owner a scoped document first, then the smaller name.</summary>
    private static IEnumerable<AdvertisementCandidate> InOrder(IEnumerable<AdvertisementCandidate> candidates, IComparer<Intent> ranking) =>
        candidates.GroupBy(candidate => candidate.Source.Key.Owner)
            .OrderBy(group => group.Select(candidate => candidate.Source).Order(ranking).First(), ranking)
            .SelectMany(group => group
                .OrderByDescending(candidate => candidate.IsScoped)
                .ThenBy(candidate => candidate.Source.Origin.Name, StringComparer.Ordinal)
                .ThenBy(candidate => candidate.Source.Key.Id, StringComparer.Ordinal));

    private static Verdict NotMet(AdvertisementIntent wish) =>
        new(VerdictKind.Refused, VerdictReason.ConditionNotMet, $"none of {string.Join(", ", wish.WhenAnyOf)} is wished or learned");

    private static Verdict VerdictOn(
        AdvertisementCandidate candidate,
        ValueList<PeerKey> selected,
        ValueList<PeerKey> targets,
        Dictionary<PeerKey, AdvertisementCandidate> covered,
        AddressFamily family)
    {
        if (selected.IsEmpty)
        {
            return new Verdict(VerdictKind.Refused, VerdictReason.NoPeerSelected,
                candidate.IsScoped ? $"the selector matches no peer with {family}" : $"there is no peer with {family}");
        }

        if (!targets.IsEmpty)
        {
            return Verdict.Accepted;
        }

        var winners = selected.Select(peer => covered[peer]).ToList();
        var winner = winners[0].Source;
        var reason = winner.Key.Owner == candidate.Source.Key.Owner ? VerdictReason.SameOwner
            : winners.All(other => other.Attributes == candidate.Attributes) ? VerdictReason.SameWish
            : VerdictReason.HigherPrecedence;
        return new Verdict(VerdictKind.Suppressed, reason, $"{winner.Origin} of {winner.Key.Owner} counts", winner.Key);
    }
}
