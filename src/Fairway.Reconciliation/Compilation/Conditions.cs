using Fairway.Intents.Model;
using Fairway.Net;

namespace Fairway.Reconciliation.Compilation;

/// <summary>
/// Which conditional advertisements hold. Wishes may depend on each other: those without a condition count first, then all that they let
/// in, until nothing is added; a circle of wishes that only wait for each other stays out.
/// </summary>
internal static class Conditions
{
    /// <returns>The advertisements whose condition does not hold.</returns>
    public static HashSet<IntentKey> Unmet(IReadOnlyCollection<AdvertisementIntent> intents, Func<IpPrefix, bool> isLearned)
    {
        var waiting = intents.Where(intent => !intent.WhenAnyOf.IsEmpty).ToList();
        if (waiting.Count == 0)
        {
            return [];
        }

        var wished = intents.Where(intent => intent.WhenAnyOf.IsEmpty).Select(intent => intent.Prefix).ToHashSet();
        while (waiting.Where(intent => Holds(intent, wished, isLearned)).ToList() is { Count: > 0 } met)
        {
            waiting.RemoveAll(met.Contains);
            wished.UnionWith(met.Select(intent => intent.Prefix));
        }

        return waiting.Select(intent => intent.Key).ToHashSet();
    }

    // Its own prefix does not count: advertised by us it is no longer learned, and the wish would undo itself.
    private static bool Holds(AdvertisementIntent intent, HashSet<IpPrefix> wished, Func<IpPrefix, bool> isLearned) =>
        intent.WhenAnyOf.Any(prefix => prefix != intent.Prefix && (wished.Contains(prefix) || isLearned(prefix)));
}
