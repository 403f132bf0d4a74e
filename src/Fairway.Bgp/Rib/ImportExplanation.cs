using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib;

/// <summary>Gates of a received path on its way into Loc-RIB, in order.</summary>
public enum ImportGate
{
    /// <summary>The peer has sent the prefix.</summary>
    Received,

    /// <summary>AS loop, first AS, treatment and import policies.</summary>
    Import,

    /// <summary>The next hop is resolved.</summary>
    NextHop,

    /// <summary>Best path, or one that shares its load.</summary>
    Best,
}

/// <summary>How far a path came. <see cref="Failed"/> is null when it is in use.</summary>
public sealed record ImportExplanation(PeerKey? Peer, ImportGate? Failed, string? Object, string? Field, string? Reason, RouteAttributes? Attributes);
