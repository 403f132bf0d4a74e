using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Policy;

/// <summary>Answers whether a <see cref="PolicyMatch"/> holds for a route.</summary>
internal static class PolicyMatcher
{
    public static bool Matches(PolicyMatch match, in PolicyInput input) =>
        MatchesRoute(match, input)
        && MatchesPeer(match, input)
        && MatchesPath(match, input.Attributes.AsPath)
        && MatchesAttributes(match, input.Attributes)
        && (match.Not is not { } not || !Matches(not, input));

    private static bool MatchesRoute(PolicyMatch match, in PolicyInput input) =>
        MatchesPrefix(match.Prefixes, input.Prefix)
        && (match.Family is not { } family || family == input.Prefix.Family)
        && (match.Source is not { } source || source == input.Source);

    private static bool MatchesPeer(PolicyMatch match, in PolicyInput input) =>
        (match.PeerType is not { } type || type == input.PeerType)
        && (match.Peers.IsEmpty || match.Peers.Items.Contains(input.PeerName));

    private static bool MatchesPath(PolicyMatch match, AsPath path) =>
        All(match.AsPathContains, path, static (asn, path) => path.Contains(asn))
        && (match.AsPathLength is not { } length || length.Matches((uint)path.Length))
        && (match.NeighborAsns.IsEmpty || (path.NeighborAsn is { } neighbor && match.NeighborAsns.Items.Contains(neighbor)))
        && (match.OriginAsns.IsEmpty || (path.OriginAsn is { } origin && match.OriginAsns.Items.Contains(origin)));

    private static bool MatchesAttributes(PolicyMatch match, RouteAttributes route) =>
        All(match.Communities, route, static (community, route) => route.Communities.Items.Contains(community))
        && All(match.LargeCommunities, route, static (community, route) => route.LargeCommunities.Items.Contains(community))
        && All(match.ExtendedCommunities, route, static (community, route) => route.ExtendedCommunities.Items.Contains(community))
        && MatchesNextHop(match.NextHops, route.NextHop)
        && (match.Origin is not { } origin || origin == route.Origin)
        && (match.LocalPref is not { } pref || pref.Matches(route.LocalPref ?? 100))
        && (match.Med is not { } med || med.Matches(route.Med ?? 0));

    private static bool MatchesPrefix(ValueList<PrefixRange> ranges, IpPrefix prefix)
    {
        foreach (var range in ranges)
        {
            if (range.Matches(prefix))
                return true;
        }

        return ranges.IsEmpty;
    }

    private static bool MatchesNextHop(ValueList<IpPrefix> prefixes, IpAddr nextHop)
    {
        foreach (var prefix in prefixes)
        {
            if (prefix.Contains(nextHop))
                return true;
        }

        return prefixes.IsEmpty;
    }

    private static bool All<T, TState>(ValueList<T> members, TState state, Func<T, TState, bool> holds)
    {
        foreach (var member in members)
        {
            if (!holds(member, state))
                return false;
        }

        return true;
    }
}
