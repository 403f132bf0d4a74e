using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Speakers;

/// <summary>Which table to read.</summary>
public enum RouteView
{
    /// <summary>Every path of Loc-RIB's prefixes, the best marked.</summary>
    LocRib,

    /// <summary>Adj-RIB-In of one peer, before import.</summary>
    Received,

    /// <summary>Adj-RIB-Out of one peer, as last written.</summary>
    Advertised,
}

/// <summary>A read of routes. <see cref="Peer"/> is needed for all views but Loc-RIB; <see cref="Prefix"/> narrows to one prefix.</summary>
public sealed record RouteQuery(RouteView View, PeerKey? Peer = null, IpPrefix? Prefix = null);

/// <summary>One path of a table. <see cref="Reason"/> says why it is the best, or is not (the deciding step of RFC 4271 §9.1.2.2), or why it is not eligible.</summary>
public sealed record RouteRow(IpPrefix Prefix, PeerKey? Peer, RouteAttributes Attributes, bool Best, bool Stale, string? Reason);
