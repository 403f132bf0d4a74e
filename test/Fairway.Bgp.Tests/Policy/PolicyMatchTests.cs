using Fairway.Bgp.Policy;
using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Policy;

/// <summary>Each match field alone: a row that holds and one that does not.</summary>
public sealed class PolicyMatchTests
{
    private static readonly PolicyInput Route = new(
        IpPrefix.Parse("198.51.100.0/24"),
        RouteSource.Bgp,
        PeerType.External,
        "tor1",
        new(64500),
        new()
        {
            AsPath = AsPath.Sequence(new Asn(64501), new Asn(64502)),
            NextHop = IpAddr.Parse("192.0.2.1"),
            Communities = [Community.Parse("64501:1"), Community.Parse("64501:2")],
            LargeCommunities = [LargeCommunity.Parse("64501:1:1")],
            ExtendedCommunities = [ExtendedCommunity.Parse("rt:64501:1")],
        });

    public static TheoryData<string, PolicyMatch, bool> Rows => new()
    {
        { "nothing is asked", new(), true },
        { "prefix in range", new() { Prefixes = [new(IpPrefix.Parse("203.0.113.0/24"), 24, 24), new(IpPrefix.Parse("198.51.0.0/16"), 20, 24)] }, true },
        { "prefix too long", new() { Prefixes = [new(IpPrefix.Parse("198.51.0.0/16"), 16, 23)] }, false },
        { "prefix too short", new() { Prefixes = [new(IpPrefix.Parse("198.51.0.0/16"), 25, 32)] }, false },
        { "prefix elsewhere", new() { Prefixes = [new(IpPrefix.Parse("203.0.113.0/24"), 24, 32)] }, false },
        { "family", new() { Family = AddressFamily.Ipv4Unicast }, true },
        { "other family", new() { Family = AddressFamily.Ipv6Unicast }, false },
        { "source", new() { Source = RouteSource.Bgp }, true },
        { "other source", new() { Source = RouteSource.Local }, false },
        { "peer type", new() { PeerType = PeerType.External }, true },
        { "other peer type", new() { PeerType = PeerType.Internal }, false },
        { "one of the peers", new() { Peers = ["tor2", "tor1"] }, true },
        { "other peers", new() { Peers = ["tor2"] }, false },
        { "all communities", new() { Communities = [Community.Parse("64501:1"), Community.Parse("64501:2")] }, true },
        { "one community is missing", new() { Communities = [Community.Parse("64501:1"), Community.Parse("64501:3")] }, false },
        { "large community", new() { LargeCommunities = [LargeCommunity.Parse("64501:1:1")] }, true },
        { "other large community", new() { LargeCommunities = [LargeCommunity.Parse("64501:1:2")] }, false },
        { "extended community", new() { ExtendedCommunities = [ExtendedCommunity.Parse("rt:64501:1")] }, true },
        { "other extended community", new() { ExtendedCommunities = [ExtendedCommunity.Parse("soo:64501:1")] }, false },
        { "all ASes in the path", new() { AsPathContains = [new(64502), new(64501)] }, true },
        { "an AS is not in the path", new() { AsPathContains = [new(64502), new(64503)] }, false },
        { "path length", new() { AsPathLength = new(2, 2) }, true },
        { "longer path", new() { AsPathLength = new(3, null) }, false },
        { "neighbor AS", new() { NeighborAsns = [new(64503), new(64501)] }, true },
        { "other neighbor AS", new() { NeighborAsns = [new(64502)] }, false },
        { "origin AS", new() { OriginAsns = [new(64502)] }, true },
        { "other origin AS", new() { OriginAsns = [new(64501)] }, false },
        { "next hop", new() { NextHops = [IpPrefix.Parse("192.0.2.0/30")] }, true },
        { "other next hop", new() { NextHops = [IpPrefix.Parse("192.0.2.4/30")] }, false },
        { "origin", new() { Origin = Origin.Igp }, true },
        { "other origin", new() { Origin = Origin.Egp }, false },
        { "absent LOCAL_PREF is 100", new() { LocalPref = new(100, 100) }, true },
        { "other LOCAL_PREF", new() { LocalPref = new(101, null) }, false },
        { "absent MED is 0", new() { Med = new(null, 0) }, true },
        { "other MED", new() { Med = new(1, null) }, false },
        { "not what does not hold", new() { Not = new() { Source = RouteSource.Local } }, true },
        { "not what holds", new() { Not = new() { Source = RouteSource.Bgp } }, false },
        { "one field of two does not hold", new() { Source = RouteSource.Bgp, Origin = Origin.Egp }, false },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_field_that_is_given_must_hold(string row, PolicyMatch match, bool holds)
    {
        var outcome = PolicyEvaluator.Evaluate([new("p") { Statements = [new() { Match = match, Then = PolicyVerdict.Accept }] }], Route);

        Assert.True(holds == outcome.Accepted, row);
    }

    [Fact]
    public void A_path_without_a_neighbor_matches_no_neighbor()
    {
        var local = Route with { Attributes = new() };
        ValueList<RoutePolicy> policies = [new("p") { Statements = [new() { Match = new() { NeighborAsns = [default] }, Then = PolicyVerdict.Accept }] }];

        Assert.False(PolicyEvaluator.Evaluate(policies, local).Accepted);
    }
}
