using System.Collections.Immutable;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>The fields of an advertised prefix: those of its first alternative, then those of the others under their number.</summary>
internal static class AdvertisementFields
{
    private static readonly ImmutableArray<OptionField<AdvertisedAlternative?>> Fields =
    [
        new("spec.peers", ChangeImpact.None, wish => wish is null ? null : wish.Peers is { } peers ? peers : "all"),
        new("spec.attributes.origin", ChangeImpact.None, wish => wish?.Attributes.Origin),
        new("spec.attributes.localPref", ChangeImpact.None, wish => wish?.Attributes.LocalPref),
        new("spec.attributes.med", ChangeImpact.None, wish => wish?.Attributes.Med),
        new("spec.attributes.communities", ChangeImpact.None, wish => wish?.Attributes.Communities),
        new("spec.attributes.largeCommunities", ChangeImpact.None, wish => wish?.Attributes.LargeCommunities),
        new("spec.attributes.extendedCommunities", ChangeImpact.None, wish => wish?.Attributes.ExtendedCommunities),
        new("spec.attributes.nextHop", ChangeImpact.None, wish => wish?.Attributes.NextHop),
        new("spec.attributes.prepend", ChangeImpact.None, wish => wish?.Attributes.Prepend),
    ];

    public static IEnumerable<PlanField> Changes(AdvertisedPrefix before, AdvertisedPrefix after)
    {
        for (var i = 0; i < Math.Max(before.Alternatives.Count, after.Alternatives.Count); i++)
        {
            foreach (var change in Fields.Changes(At(before, i), At(after, i), i == 0 ? "" : $"alternatives[{i}]."))
            {
                yield return change;
            }
        }
    }

    private static AdvertisedAlternative? At(AdvertisedPrefix prefix, int index) =>
        index < prefix.Alternatives.Count ? prefix.Alternatives[index] : null;
}
