using Fairway.Bgp.Wire;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>Brings what a policy changed back into the full set of attributes.</summary>
internal static class AttributeMerge
{
    /// <summary>Next hops stay as they are in <paramref name="attributes"/>: policies name one apart.</summary>
    public static PathAttributes Into(PathAttributes attributes, RouteAttributes changed) => attributes with
    {
        Origin = changed.Origin,
        AsPath = changed.AsPath,
        Med = changed.Med,
        LocalPref = changed.LocalPref,
        Communities = changed.Communities,
        LargeCommunities = changed.LargeCommunities,
        ExtendedCommunities = changed.ExtendedCommunities,
    };
}
