using Fairway.Bgp.Rib;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>What enters Loc-RIB.</summary>
public sealed class ImportRulesTests
{
    private static readonly RibOptions Instance = new() { Asn = new(64500), RouterId = RouterId.Parse("192.0.2.1") };
    private static readonly PeerOptions Peer = RibWorld.External("198.51.100.1", 64501);
    private static readonly PathAttributes Route = new() { Origin = Origin.Igp, AsPath = AsPath.Sequence(new Asn(64501)), NextHop = IpAddr.Parse("198.51.100.1") };

    [Fact]
    public void A_route_enters_as_it_came_where_nothing_speaks_against_it()
    {
        Assert.Equal(Route, Import(Peer, Route).Attributes?.Value);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    public void Our_own_AS_may_stand_in_the_path_as_often_as_allowed(int allowed, int times, bool accepted)
    {
        var route = Route with { AsPath = AsPath.Sequence([new(64501), .. Enumerable.Repeat(new Asn(64500), times)]) };

        Assert.Equal(accepted, Import(Peer with { AllowOwnAsn = allowed }, route).IsAccepted);
    }

    [Fact]
    public void A_route_that_we_originated_comes_back_in_vain()
    {
        Assert.Equal("routerId", Import(Peer, Route with { OriginatorId = Instance.RouterId }).Field);
    }

    [Fact]
    public void A_peer_may_be_one_that_nothing_is_accepted_from()
    {
        Assert.Equal("learned.import", Import(Peer with { Learned = new() { Accept = false } }, Route).Field);
    }

    [Fact]
    public void Without_a_policy_an_RFC_8212_peer_teaches_nothing()
    {
        var peer = Peer with { RequiresPolicy = true };
        var policies = peer with { Families = [new(AddressFamily.Ipv4Unicast) { Import = [new("all") { Default = PolicyVerdict.Accept }] }] };

        Assert.Equal("no import policy (RFC 8212)", Import(peer, Route).Reason);
        Assert.True(Import(policies, Route).IsAccepted);
    }

    [Fact]
    public void A_policy_changes_attributes_weight_and_next_hop_and_leaves_the_rest()
    {
        var route = Route with { AtomicAggregate = true, Unknown = [new(99, [1])], LinkLocalNextHop = null };
        var nextHop = IpAddr.Parse("198.51.100.7");

        var outcome = Import(With(new() { Set = new() { LocalPref = 300, Weight = 9, NextHop = new(NextHopMode.Address, nextHop) }, Then = PolicyVerdict.Accept }), route);

        Assert.Equal((route with { LocalPref = 300, NextHop = nextHop }, 9u), (outcome.Attributes!.Value, outcome.Weight));
    }

    [Fact]
    public void A_rejection_names_the_policy_and_the_statement()
    {
        var outcome = Import(With(new() { Then = PolicyVerdict.Reject }), Route);

        Assert.Equal(("p", "statements[0]"), (outcome.Object, outcome.Field));
    }

    private static PeerOptions With(PolicyStatement statement) =>
        Peer with { Families = [new(AddressFamily.Ipv4Unicast) { Import = [new("p") { Statements = [statement] }] }] };

    private static ImportOutcome Import(PeerOptions peer, PathAttributes route) =>
        ImportRules.Evaluate(Instance, peer, IpPrefix.Parse("203.0.113.0/24"), AttributeSet.Of(route));
}
