using Fairway.Net;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Wire;

/// <summary>Who aggregated the route (RFC 4271 §5.1.7).</summary>
public readonly record struct Aggregator(Asn Asn, RouterId RouterId);

/// <summary>An optional transitive attribute that we do not know: passed on with the Partial bit set (RFC 4271 §5).</summary>
public sealed record UnknownAttribute(byte Type, ValueList<byte> Data);

/// <summary>The path attributes of a route; an absent one is null, false or empty. ASNs always have four octets.</summary>
public sealed record PathAttributes
{
    public Origin? Origin { get; init; }

    /// <summary>Null: the attribute is absent, which is not the empty path of a route born in our AS.</summary>
    public AsPath? AsPath { get; init; }

    /// <summary>From NEXT_HOP or MP_REACH_NLRI; the global one where there are two (RFC 2545 §3).</summary>
    public IpAddr? NextHop { get; init; }

    /// <summary>The second address of an IPv6 next hop of 32 octets.</summary>
    public IpAddr? LinkLocalNextHop { get; init; }

    public uint? Med { get; init; }

    public uint? LocalPref { get; init; }

    public bool AtomicAggregate { get; init; }

    public Aggregator? Aggregator { get; init; }

    public ValueList<Community> Communities { get; init; }

    public RouterId? OriginatorId { get; init; }

    /// <summary>Cluster identifiers, the newest first (RFC 4456 §8).</summary>
    public ValueList<RouterId> ClusterList { get; init; }

    public ValueList<ExtendedCommunity> ExtendedCommunities { get; init; }

    public ValueList<LargeCommunity> LargeCommunities { get; init; }

    /// <summary>In ascending order of type.</summary>
    public ValueList<UnknownAttribute> Unknown { get; init; }

    /// <summary>Known attributes that came with the Partial bit, which nobody may clear (RFC 4271 §5).</summary>
    public ValueList<PathAttributeType> Partial { get; init; }

    /// <summary>What is shown to people and matched by policies.</summary>
    public RouteAttributes ToRouteAttributes() => new()
    {
        Origin = Origin ?? Net.Routes.Origin.Incomplete,
        AsPath = AsPath ?? Net.Routes.AsPath.Empty,
        NextHop = NextHop ?? default,
        LinkLocalNextHop = LinkLocalNextHop,
        Med = Med,
        LocalPref = LocalPref,
        Communities = Communities,
        LargeCommunities = LargeCommunities,
        ExtendedCommunities = ExtendedCommunities,
    };
}
