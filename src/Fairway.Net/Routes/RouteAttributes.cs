namespace Fairway.Net.Routes;

/// <summary>What a route says about itself, as shown to people and matched by policies. An absent optional attribute is null or empty.</summary>
public sealed record RouteAttributes
{
    public Origin Origin { get; init; }

    public AsPath AsPath { get; init; }

    /// <summary>The BGP next hop; the global one where an IPv6 next hop has two addresses (RFC 2545 §3).</summary>
    public IpAddr NextHop { get; init; }

    /// <summary>The link-local half of an IPv6 next hop.</summary>
    public IpAddr? LinkLocalNextHop { get; init; }

    public uint? Med { get; init; }

    public uint? LocalPref { get; init; }

    public ValueList<Community> Communities { get; init; }

    public ValueList<LargeCommunity> LargeCommunities { get; init; }

    public ValueList<ExtendedCommunity> ExtendedCommunities { get; init; }
}
