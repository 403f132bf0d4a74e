using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Policy;

/// <summary>Carries out a <see cref="PolicySet"/>.</summary>
internal static class PolicySetter
{
    private static readonly PolicySet Nothing = new();

    public static PolicyOutcome Apply(PolicySet set, Asn localAsn, in PolicyOutcome route)
    {
        if (set == Nothing)
            return route;
        var attributes = route.Attributes;
        return route with
        {
            Weight = set.Weight ?? route.Weight,
            Med = set.Med ?? route.Med,
            NextHop = set.NextHop ?? route.NextHop,
            Attributes = attributes with
            {
                LocalPref = set.LocalPref ?? attributes.LocalPref,
                Med = set.Med ?? attributes.Med,
                Origin = set.Origin ?? attributes.Origin,
                AsPath = set.Prepend is { } prepend ? attributes.AsPath.Prepend(prepend.Asn ?? localAsn, prepend.Times) : attributes.AsPath,
                Communities = Change(attributes.Communities, set.Communities),
                LargeCommunities = Change(attributes.LargeCommunities, set.LargeCommunities),
                ExtendedCommunities = Change(attributes.ExtendedCommunities, set.ExtendedCommunities),
            },
        };
    }

    private static ValueList<T> Change<T>(ValueList<T> communities, CommunityChange<T> change)
    {
        if (change == default)
            return communities;
        var kept = (change.Replace ?? communities).Where(community => !change.Remove.Items.Contains(community));
        return kept.Concat(change.Add).Distinct().ToValueList();
    }
}
