using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Routing.Forwarding;

/// <summary>The order of hops in a route: by gateway, then interface, so that equal sets compare equal.</summary>
internal static class HopOrder
{
    public static ValueList<ResolvedHop> InHopOrder(this IEnumerable<ResolvedHop> hops) =>
        hops.OrderBy(hop => hop.Gateway ?? default).ThenBy(hop => hop.InterfaceIndex).ToValueList();
}
