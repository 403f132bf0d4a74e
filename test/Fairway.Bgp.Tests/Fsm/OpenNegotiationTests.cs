using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using static Fairway.Bgp.Tests.Fsm.Sessions;

namespace Fairway.Bgp.Tests.Fsm;

/// <summary>What an OPEN is answered with (RFC 4271 §6.2) and what both sides agree on.</summary>
public class OpenNegotiationTests
{
    private static readonly SessionOptions Internal = Options with { PeerAsn = null, PeerType = PeerType.Internal };

    // 6
    [Fact]
    public void A_wrong_AS_gets_2_2()
    {
        Assert.Equal(NotificationMessage.Open(OpenSubcode.BadPeerAs), Refusal(Options, PeerOpen with { MyAs = 64500, Capabilities = [] }));
        Assert.Equal(NotificationMessage.Open(OpenSubcode.BadPeerAs), Refusal(Options with { PeerAsn = null }, Of(LocalAsn)));
        Assert.Equal(NotificationMessage.Open(OpenSubcode.BadPeerAs), Refusal(Internal, Of(PeerAsn)));
    }

    // RFC 7607 §2
    [Fact]
    public void AS_0_gets_2_2()
    {
        Assert.Equal(NotificationMessage.Open(OpenSubcode.BadPeerAs), Refusal(Options with { PeerAsn = null }, PeerOpen with { MyAs = 0 }));
        Assert.Equal(NotificationMessage.Open(OpenSubcode.BadPeerAs), Refusal(Options with { PeerAsn = null }, Of(default) with { MyAs = 23456 }));
    }

    [Fact]
    public void Any_external_AS_will_do_where_none_is_configured()
    {
        Assert.Null(Refusal(Options with { PeerAsn = null }, Of(new(4200000000))));
        Assert.Null(Refusal(Internal, Of(LocalAsn)));
    }

    // 7
    [Fact]
    public void A_BGP_identifier_of_zero_or_of_ours_inside_the_AS_gets_2_3()
    {
        var bad = NotificationMessage.Open(OpenSubcode.BadBgpIdentifier);

        Assert.Equal(bad, Refusal(Options, PeerOpen with { RouterId = default }));
        Assert.Equal(bad, Refusal(Internal, Of(LocalAsn) with { RouterId = LocalId }));
        Assert.Null(Refusal(Options, PeerOpen with { RouterId = LocalId })); // RFC 6286 §2.2
    }

    // 8
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_hold_time_of_one_or_two_seconds_gets_2_6(int seconds) => Assert.Equal(
        NotificationMessage.Open(OpenSubcode.UnacceptableHoldTime),
        Refusal(Options, PeerOpen with { HoldTime = TimeSpan.FromSeconds(seconds) }));

    [Fact]
    public void No_common_family_gets_2_7_with_the_capabilities_that_we_need()
    {
        var refusal = Refusal(
            Options with { Families = [AddressFamily.Ipv6Unicast] },
            PeerOpen with { Capabilities = [new FourOctetAsCapability(PeerAsn)] });

        Assert.Equal(NotificationMessage.Open(OpenSubcode.UnsupportedCapability, 1, 4, 0, 2, 0, 1), refusal);
    }

    // 9 and 12
    [Fact]
    public void Unknown_and_repeated_capabilities_change_nothing()
    {
        var open = PeerOpen with { Capabilities = [.. PeerOpen.Capabilities, .. PeerOpen.Capabilities, new UnknownCapability((CapabilityCode)200, [1])] };

        Assert.Equal(Negotiate(Options, PeerOpen), Negotiate(Options, open));
        Assert.Equal<AddressFamily>([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], Negotiate(Options, open).Families);
    }

    [Fact]
    public void A_peer_without_capabilities_speaks_IPv4_with_two_octet_ASNs()
    {
        var session = Negotiate(Options, PeerOpen with { Capabilities = [] });

        Assert.Equal<AddressFamily>([AddressFamily.Ipv4Unicast], session.Families);
        Assert.Equal((false, false), (session.FourOctetAs, session.RouteRefresh));
    }

    [Fact]
    public void A_four_octet_AS_is_read_from_its_capability()
    {
        var session = Negotiate(Options with { PeerAsn = new(4200000000) }, Of(new(4200000000)));

        Assert.Equal((new Asn(4200000000), true), (session.PeerAsn, session.FourOctetAs));
    }

    // 47: an End-of-RIB of a family that was not negotiated never comes
    [Fact]
    public void Graceful_restart_counts_for_negotiated_families_only()
    {
        var offered = new GracefulRestartCapability(
            true, TimeSpan.FromSeconds(60), [new(AddressFamily.Ipv4Unicast, true), new(AddressFamily.Ipv6Unicast, false)]);
        var open = PeerOpen with { Capabilities = [.. PeerOpen.Capabilities, offered] };

        var session = Negotiate(Options with { Families = [AddressFamily.Ipv4Unicast] }, open);

        Assert.Equal(offered with { Families = [new(AddressFamily.Ipv4Unicast, true)] }, session.PeerGracefulRestart);
        Assert.Null(Negotiate(Options with { GracefulRestart = null }, open).PeerGracefulRestart);
    }

    private static OpenMessage Of(Asn asn) => PeerOpen with
    {
        MyAs = OpenMessage.MyAsOf(asn),
        Capabilities = [new MultiprotocolCapability(AddressFamily.Ipv4Unicast), new FourOctetAsCapability(asn)],
    };

    private static NegotiatedSession Negotiate(SessionOptions options, OpenMessage open) =>
        After(OpenSent with { Options = options }, new MessageReceived(open)).Negotiated!;

    private static NotificationMessage? Refusal(SessionOptions options, OpenMessage open)
    {
        var (next, actions) = BgpFsm.Step(OpenSent with { Options = options }, new MessageReceived(open));
        Assert.Equal(actions[0] is Send { Message: KeepaliveMessage } ? BgpState.OpenConfirm : BgpState.Idle, next.State);
        return (actions[0] as Send)?.Message as NotificationMessage;
    }
}
