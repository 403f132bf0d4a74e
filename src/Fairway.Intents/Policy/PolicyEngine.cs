using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Intents.Store;

namespace Fairway.Intents.Policy;

/// <summary>Decides whose wish counts where two cannot both hold (design D5). A pure function of its arguments.</summary>
public static class PolicyEngine
{
    public static Evaluation Evaluate(IntentSnapshot snapshot, PolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var ranking = new IntentRanking(options);
        var displaced = ImmutableDictionary.CreateBuilder<IntentKey, Verdict>();
        Displace([.. snapshot.Instances.Order<Intent>(ranking)], displaced);
        foreach (var rivals in snapshot.Peers.GroupBy(peer => peer.Options.Key))
        {
            Displace(InOrder(rivals, ranking), displaced);
        }

        return new(snapshot, displaced.ToImmutable());
    }

    /// <summary>Within an owner the smaller name counts; between owners the ranking of those.</summary>
    private static List<Intent> InOrder(IEnumerable<Intent> rivals, IntentRanking ranking) => rivals
        .GroupBy(rival => rival.Key.Owner)
        .Select(ofOne => ofOne.OrderBy(rival => rival.Key.Id, StringComparer.Ordinal).ToList())
        .OrderBy(ofOne => ofOne[0], ranking)
        .SelectMany(ofOne => ofOne)
        .ToList();

    private static void Displace(List<Intent> inOrder, ImmutableDictionary<IntentKey, Verdict>.Builder displaced)
    {
        foreach (var loser in inOrder.Skip(1))
        {
            displaced[loser.Key] = Suppress(loser, inOrder[0]);
        }
    }

    private static Verdict Suppress(Intent loser, Intent winner)
    {
        var (reason, detail) = loser.Key.Owner == winner.Key.Owner
            ? (VerdictReason.SameOwner, $"{winner.Origin} wishes for the same already")
            : IsSameWish(loser, winner)
                ? (VerdictReason.SameWish, $"{winner.Key.Owner} wishes for exactly this already")
                : (VerdictReason.HigherPrecedence, $"{winner.Origin} of {winner.Key.Owner} counts more");
        return new(VerdictKind.Suppressed, reason, detail, winner.Key);
    }

    /// <summary>Equal but for who wishes it, under which name and since when.</summary>
    private static bool IsSameWish(Intent loser, Intent winner) => (loser, winner) switch
    {
        (PeerIntent mine, PeerIntent other) => NamesNoPolicy(mine) && WithoutOrigin(mine with { Options = mine.Options with { Name = other.Options.Name } }, other).Equals(other),
        _ => WithoutOrigin(loser, winner).Equals(winner),
    };

    /// <summary>Names of policies mean something within their owner only.</summary>
    private static bool NamesNoPolicy(PeerIntent peer) => peer.Families.All(family => family.Import.IsEmpty && family.Export.IsEmpty);

    private static Intent WithoutOrigin(Intent intent, Intent other) => intent with { Key = other.Key, Origin = other.Origin, AcceptedAt = other.AcceptedAt };
}
