using Fairway.Bgp.Policy;
using Fairway.Net;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Policy;

/// <summary>Each set field alone.</summary>
public sealed class PolicySetTests
{
    private static readonly RouteAttributes Before = new()
    {
        AsPath = AsPath.Sequence(new Asn(64501)),
        NextHop = IpAddr.Parse("192.0.2.1"),
        Communities = [Community.Parse("64501:1"), Community.Parse("64501:2")],
        LargeCommunities = [LargeCommunity.Parse("64501:1:1")],
        ExtendedCommunities = [ExtendedCommunity.Parse("rt:64501:1")],
    };

    public static TheoryData<string, PolicySet, RouteAttributes> Rows => new()
    {
        { "nothing", new(), Before },
        { "local pref", new() { LocalPref = 0 }, Before with { LocalPref = 0 } },
        { "MED", new() { Med = 0 }, Before with { Med = 0 } },
        { "origin", new() { Origin = Origin.Egp }, Before with { Origin = Origin.Egp } },
        { "add what is there already", new() { Communities = new() { Add = [Community.Parse("64501:2"), Community.NoExport] } }, Before with { Communities = [Community.Parse("64501:1"), Community.Parse("64501:2"), Community.NoExport] } },
        { "remove", new() { Communities = new() { Remove = [Community.Parse("64501:1")] } }, Before with { Communities = [Community.Parse("64501:2")] } },
        { "replace, remove, add, in this order", new() { Communities = new([Community.Parse("3:3")], [Community.Parse("2:2")], new ValueList<Community>([Community.Parse("1:1"), Community.Parse("2:2")])) }, Before with { Communities = [Community.Parse("1:1"), Community.Parse("3:3")] } },
        { "replace with nothing", new() { Communities = new() { Replace = new ValueList<Community>([]) } }, Before with { Communities = [] } },
        { "large communities", new() { LargeCommunities = new() { Add = [LargeCommunity.Parse("1:2:3")] } }, Before with { LargeCommunities = [LargeCommunity.Parse("64501:1:1"), LargeCommunity.Parse("1:2:3")] } },
        { "extended communities", new() { ExtendedCommunities = new() { Replace = new ValueList<ExtendedCommunity>([ExtendedCommunity.Parse("rt:1:1")]) } }, Before with { ExtendedCommunities = [ExtendedCommunity.Parse("rt:1:1")] } },
        { "prepend our own AS", new() { Prepend = new(null, 2) }, Before with { AsPath = AsPath.Sequence(new Asn(64500), new Asn(64500), new Asn(64501)) } },
        { "prepend another AS", new() { Prepend = new(new Asn(64509), 1) }, Before with { AsPath = AsPath.Sequence(new Asn(64509), new Asn(64501)) } },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_statement_changes_what_it_names_and_nothing_else(string row, PolicySet set, RouteAttributes after)
    {
        Assert.True(after == Evaluate(new PolicyStatement { Set = set, Then = PolicyVerdict.Accept }).Attributes, row);
    }

    [Fact]
    public void Weight_next_hop_and_MED_are_told_apart_since_they_are_not_attributes_of_the_route_alone()
    {
        var nextHop = new NextHopPolicy(NextHopMode.Address, IpAddr.Parse("192.0.2.9"));

        var outcome = Evaluate(new PolicyStatement { Set = new() { Weight = 7, NextHop = nextHop, Med = 5 }, Then = PolicyVerdict.Accept });

        Assert.Equal((7u, nextHop, 5u), (outcome.Weight, outcome.NextHop, outcome.Med));
    }

    [Fact]
    public void Later_statements_see_what_earlier_ones_set()
    {
        var outcome = Evaluate(
            new() { Set = new() { LocalPref = 200 } },
            new() { Match = new() { LocalPref = new(200, 200) }, Then = PolicyVerdict.Accept });

        Assert.True(outcome.Accepted);
        Assert.Equal(2, outcome.Statement);
    }

    private static PolicyOutcome Evaluate(params PolicyStatement[] statements) => PolicyEvaluator.Evaluate(
        [new("p") { Statements = [.. statements] }],
        new(IpPrefix.Parse("198.51.100.0/24"), RouteSource.Bgp, PeerType.External, "tor1", new(64500), Before));
}
