using Fairway.Bgp.Rib;
using Fairway.Bgp.Rib.Rules;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>What is sent to whom, and how.</summary>
public sealed class ExportRulesTests
{
    private static readonly Asn Own = new(64500);
    private static readonly RibOptions Instance = new() { Asn = Own, RouterId = RouterId.Parse("192.0.2.1") };
    private static readonly ExportSource FromExternal = new(false, PeerType.External, Readvertise.All, 0);
    private static readonly ExportSource FromInternal = new(false, PeerType.Internal, Readvertise.All, 0);
    private static readonly ExportTarget ToExternal = new() { Family = AddressFamily.Ipv4Unicast, Type = PeerType.External, LocalAddress = IpAddr.Parse("198.51.100.254") };
    private static readonly ExportTarget ToInternal = ToExternal with { Type = PeerType.Internal };
    private static readonly PathAttributes Learned = new()
    {
        Origin = Origin.Igp,
        AsPath = AsPath.Sequence(new Asn(64501)),
        NextHop = IpAddr.Parse("198.51.100.1"),
        Med = 10,
        LocalPref = 150,
        Communities = [Community.Parse("64501:1")],
        Unknown = [new(99, [1, 2, 3])],
    };

    [Fact]
    public void External_peers_get_our_AS_in_front_our_next_hop_and_no_local_values()
    {
        var sent = Send(ToExternal, FromExternal)!;

        Assert.Equal(AsPath.Sequence(Own, new Asn(64501)), sent.AsPath);
        Assert.Equal(IpAddr.Parse("198.51.100.254"), sent.NextHop);
        Assert.Equal((null, null), (sent.Med, sent.LocalPref));
        Assert.Equal(Learned.Communities, sent.Communities);
        Assert.Equal(Learned.Unknown, sent.Unknown);
    }

    [Fact]
    public void Internal_peers_get_the_route_as_it_is_with_a_local_preference()
    {
        Assert.Equal(Learned, Send(ToInternal, FromExternal));
        Assert.Equal(100u, Send(ToInternal, FromExternal, Learned with { LocalPref = null })!.LocalPref);
    }

    [Fact]
    public void Our_own_route_keeps_its_MED_towards_external_peers_and_its_prepends()
    {
        var local = new PathAttributes { Origin = Origin.Igp, AsPath = AsPath.Empty, Med = 0, LocalPref = 200 };

        var external = Send(ToExternal, ExportSource.Local(prepend: 2), local)!;
        var @internal = Send(ToInternal, ExportSource.Local(prepend: 2), local)!;

        Assert.Equal((AsPath.Sequence(Own, Own, Own), 0u, null), (external.AsPath, external.Med, external.LocalPref));
        // RFC 4271 §5.1.2: our own AS in a path to internal peers would be a loop to them.
        Assert.Equal((AsPath.Empty, 0u, 200u), (@internal.AsPath, @internal.Med, @internal.LocalPref));
        Assert.Equal(IpAddr.Parse("198.51.100.254"), @internal.NextHop);
    }

    [Theory]
    [InlineData("no-export", PeerType.External, "communities")]
    [InlineData("no-export", PeerType.Internal, null)]
    [InlineData("no-export-subconfed", PeerType.External, "communities")]
    [InlineData("no-advertise", PeerType.External, "communities")]
    [InlineData("no-advertise", PeerType.Internal, "communities")]
    public void Well_known_communities_bind_us_for_what_we_received(string community, PeerType to, string? refusedBy)
    {
        var marked = Learned with { Communities = [Community.Parse(community)] };

        Assert.Equal(refusedBy, Evaluate(ToExternal with { Type = to }, FromExternal, marked).Field);
        Assert.NotNull(Send(ToExternal with { Type = to }, ExportSource.Local(0), marked));
    }

    [Fact]
    public void What_internal_peers_taught_goes_to_external_ones_only()
    {
        Assert.NotNull(Send(ToExternal, FromInternal));
        Assert.Null(Send(ToInternal, FromInternal));
    }

    [Theory]
    [InlineData(Readvertise.None, false, false)]
    [InlineData(Readvertise.Ibgp, false, true)]
    [InlineData(Readvertise.All, true, true)]
    public void The_source_says_to_whom_its_routes_go_on(Readvertise readvertise, bool toExternal, bool toInternal)
    {
        var source = FromExternal with { Readvertise = readvertise };

        Assert.Equal((toExternal, toInternal), (Send(ToExternal, source) is not null, Send(ToInternal, source) is not null));
    }

    [Fact]
    public void Without_a_policy_an_RFC_8212_peer_gets_nothing()
    {
        var target = ToExternal with { RequiresPolicy = true };

        Assert.Equal("no export policy (RFC 8212)", Evaluate(target, ExportSource.Local(0), Learned).Reason);
        Assert.NotNull(Send(target with { Policies = [new("all") { Default = PolicyVerdict.Accept }] }, ExportSource.Local(0)));
    }

    [Fact]
    public void A_policy_sets_the_MED_that_leaves_and_names_what_it_rejects()
    {
        Assert.Equal(10u, Send(With(new() { Med = 10 }), FromExternal)!.Med);
        var refused = Evaluate(ToExternal with { Policies = [new("p") { Statements = [new() { Then = PolicyVerdict.Reject }] }] }, FromExternal, Learned);
        Assert.Equal((ExportGate.Export, "p", "statements[0]"), (refused.Gate, refused.Object, refused.Field));
    }

    [Fact]
    public void Next_hops_follow_the_policy_then_the_advertisement_then_the_peer()
    {
        var given = IpAddr.Parse("198.51.100.9");
        var unchanged = ToExternal with { NextHop = new(NextHopMode.Unchanged) };
        var local = new PathAttributes { AsPath = AsPath.Empty, NextHop = given };

        Assert.Equal(Learned.NextHop, Send(unchanged, FromExternal)!.NextHop);
        Assert.Equal(ToExternal.LocalAddress, Send(unchanged, ExportSource.Local(0), new() { AsPath = AsPath.Empty })!.NextHop);
        Assert.Equal(ToExternal.LocalAddress, Send(ToInternal with { NextHop = new(NextHopMode.Self) }, FromExternal)!.NextHop);
        Assert.Equal(given, Send(ToExternal with { NextHop = new(NextHopMode.Address, given) }, FromExternal)!.NextHop);
        Assert.Equal(given, Send(ToExternal, ExportSource.Local(0), local)!.NextHop);
        Assert.Equal(ToExternal.LocalAddress, Send(With(new() { NextHop = new(NextHopMode.Self) }), ExportSource.Local(0), local)!.NextHop);
    }

    [Fact]
    public void IPv6_routes_carry_our_link_local_address_only_on_a_shared_link()
    {
        var target = new ExportTarget { Family = AddressFamily.Ipv6Unicast, LocalAddress = IpAddr.Parse("2001:db8::1"), LocalLinkLocal = IpAddr.Parse("fe80::1") };
        var learned = Learned with { NextHop = IpAddr.Parse("fe80::9"), LinkLocalNextHop = null };

        Assert.Equal(IpAddr.Parse("fe80::1"), Send(target, FromExternal, learned)!.LinkLocalNextHop);
        Assert.Null(Send(target with { LocalLinkLocal = null }, FromExternal, learned)!.LinkLocalNextHop);
        // A link-local next hop means nothing to an internal peer elsewhere: it gets ours.
        Assert.Equal(target.LocalAddress, Send(target with { Type = PeerType.Internal }, FromExternal, learned)!.NextHop);
    }

    [Fact]
    public void Without_an_address_of_the_family_the_next_hop_gate_closes()
    {
        Assert.Equal(ExportGate.NextHop, Evaluate(ToExternal with { LocalAddress = null }, FromExternal, Learned).Gate);
    }

    [Fact]
    public void Non_transitive_extended_communities_stay_in_the_AS()
    {
        var marked = Learned with { ExtendedCommunities = [ExtendedCommunity.Parse("rt:64501:1"), new(0x4003_0000_0000_0001)] };

        Assert.Equal([ExtendedCommunity.Parse("rt:64501:1")], Send(ToExternal, FromExternal, marked)!.ExtendedCommunities);
        Assert.Equal(2, Send(ToInternal, FromExternal, marked)!.ExtendedCommunities.Count);
    }

    // 44: attributes that leave no room for a prefix.
    [Fact]
    public void Attributes_that_fit_no_message_are_not_sent()
    {
        var huge = Learned with { LargeCommunities = Enumerable.Range(0, 340).Select(i => new LargeCommunity(1, 2, (uint)i)).ToValueList() };

        Assert.Equal(ExportGate.Sent, Evaluate(ToExternal, FromExternal, huge).Gate);
    }

    private static ExportTarget With(PolicySet set) => ToExternal with { Policies = [new("p") { Statements = [new() { Set = set, Then = PolicyVerdict.Accept }] }] };

    private static PathAttributes? Send(ExportTarget target, ExportSource source, PathAttributes? attributes = null) =>
        Evaluate(target, source, attributes ?? Learned).Attributes?.Value;

    private static ExportOutcome Evaluate(ExportTarget target, ExportSource source, PathAttributes attributes) => ExportRules.Evaluate(
        Instance, target, new(IpPrefix.Parse(target.Family.IsIPv6 ? "2001:db8:5::/48" : "203.0.113.0/24"), AttributeSet.Of(attributes), source));
}
