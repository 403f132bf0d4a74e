using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Speakers.Native.Tests.Harness;

/// <summary>Next hops as without a dataplane.</summary>
internal sealed class EverythingIsReachable : INextHopResolver
{
    public NextHopResolution Resolve(in NextHopQuery query, IpPrefix? excluding = null) => NextHopResolution.Unchecked;
}
