using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Routing.NextHops;

/// <summary>An answer with the routes of ours that it leads through.</summary>
internal sealed record ResolvedNextHop(NextHopResolution Answer, ImmutableArray<IpPrefix> Through)
{
    public static ResolvedNextHop Direct(NextHopResolution answer) => new(answer, []);

    public static ResolvedNextHop Unreachable(string reason) => Direct(NextHopResolution.Unreachable(reason));

    public bool SameAs(ResolvedNextHop other) =>
        Answer.IsReachable == other.Answer.IsReachable
        && Answer.Metric == other.Answer.Metric
        && Answer.Hops == other.Answer.Hops
        && Answer.Reason == other.Answer.Reason
        && Through.SequenceEqual(other.Through);
}
