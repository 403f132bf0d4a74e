using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib;

/// <summary>Gates of a Loc-RIB route on its way to a peer, in order.</summary>
public enum ExportGate
{
    /// <summary>There is a route: our own in the peer's scope, or a learned one.</summary>
    Route,

    /// <summary>The peer is up.</summary>
    Session,

    /// <summary>The family was negotiated.</summary>
    Family,

    /// <summary>A next hop for the peer exists.</summary>
    NextHop,

    /// <summary>RFC rules, treatment of the source, export policies.</summary>
    Export,

    /// <summary>The UPDATE was written.</summary>
    Sent,
}

/// <summary>How far a route came. <see cref="Failed"/> is null when the peer has it; <see cref="Attributes"/> are those it is sent with.</summary>
public sealed record ExportExplanation(ExportGate? Failed, string? Object, string? Field, string? Reason, RouteAttributes? Attributes);
