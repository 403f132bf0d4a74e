using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Policy;

/// <summary>What a policy is asked about: a route, and the peer it comes from (import) or goes to (export).</summary>
public readonly record struct PolicyInput(IpPrefix Prefix, RouteSource Source, PeerType PeerType, string PeerName, Asn LocalAsn, RouteAttributes Attributes);
