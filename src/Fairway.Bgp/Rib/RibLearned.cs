using Fairway.Net;
using Fairway.Net.NextHops;

namespace Fairway.Bgp.Rib;

/// <summary>One usable path of a learned route.</summary>
public sealed record RibLearnedPath(RibPeer Peer, NextHopQuery NextHop, IpAddr? LinkLocalNextHop, bool Install);

/// <summary>The learned route of a prefix: the best path first, then those that share the load. Empty: nothing learned is in use.</summary>
public readonly record struct RibLearned(IpPrefix Prefix, ValueList<RibLearnedPath> Paths);
