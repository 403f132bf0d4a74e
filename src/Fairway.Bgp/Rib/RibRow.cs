using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib;

/// <summary>
/// One path of a table. <see cref="Peer"/> is null for our own route. <see cref="Reason"/> says which decision step made it the best or set it
/// aside, or why it is not eligible or not accepted; null where the table makes no choice.
/// </summary>
public sealed record RibRow(IpPrefix Prefix, PeerKey? Peer, RouteAttributes Attributes, bool Best, bool Multipath, bool Stale, string? Reason);
