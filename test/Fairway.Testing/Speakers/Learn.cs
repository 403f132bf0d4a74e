using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Testing.Speakers;

/// <summary>Builds learned routes.</summary>
public static class Learn
{
    /// <summary>A route from single-hop external peers, one path for each next hop, which is the peer's own address.</summary>
    public static LearnedRoute Route(string prefix, params string[] nextHops) =>
        Route(prefix, [.. nextHops.Select(nextHop => Path(nextHop))]);

    public static LearnedRoute Route(string prefix, params LearnedPath[] paths) => new(IpPrefix.Parse(prefix), [.. paths]);

    public static LearnedPath Path(
        string nextHop, NextHopReach reach = NextHopReach.Foreign, string? peer = null, string? link = null, bool install = true, string? linkLocal = null)
    {
        var session = IpAddr.Parse(peer ?? nextHop);
        return new LearnedPath(
            new PeerKey(session),
            $"peer-{session}",
            reach is NextHopReach.Ours,
            new NextHopQuery(IpAddr.Parse(nextHop), session, link, reach),
            linkLocal is null ? null : IpAddr.Parse(linkLocal),
            install);
    }
}
