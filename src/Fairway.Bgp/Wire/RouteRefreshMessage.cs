using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>What a ROUTE-REFRESH says (RFC 7313 §3.2); values without a name are ignored.</summary>
public enum RouteRefreshSubtype : byte
{
    /// <summary>Send your routes again (RFC 2918 §4).</summary>
    Request = 0,

    /// <summary>BoRR: all routes follow.</summary>
    BeginOfRefresh = 1,

    /// <summary>EoRR: all routes have been sent.</summary>
    EndOfRefresh = 2,
}

/// <summary>ROUTE-REFRESH (RFC 2918 §3).</summary>
public sealed record RouteRefreshMessage(AddressFamily Family, RouteRefreshSubtype Subtype = RouteRefreshSubtype.Request) : BgpMessage
{
    public override BgpMessageType Type => BgpMessageType.RouteRefresh;
}
