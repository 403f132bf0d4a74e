using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using static Fairway.Bgp.Tests.Fsm.Sessions;

namespace Fairway.Bgp.Tests.Fsm;

/// <summary>One connection on its way up, and while it is up (RFC 4271 §8.2.2).</summary>
public class BgpFsmTests
{
    [Fact]
    public void Start_opens_a_connection_and_sets_the_retry_timer()
    {
        var (next, actions) = BgpFsm.Step(Idle, new ManualStart());

        Assert.Equal(BgpState.Connect, next.State);
        Assert.Equal<BgpAction>(
            [new StopTimer(BgpTimer.IdleHold), new OpenConnection(), new StartTimer(BgpTimer.ConnectRetry, TimeSpan.FromSeconds(5))],
            actions);
    }

    [Fact]
    public void A_passive_session_only_waits()
    {
        var (next, actions) = BgpFsm.Step(Idle with { Options = Options with { Passive = true } }, new ManualStart());

        Assert.Equal(BgpState.Active, next.State);
        Assert.Equal<BgpAction>([new StopTimer(BgpTimer.IdleHold)], actions);
    }

    [Fact]
    public void A_refused_connection_waits_for_the_retry_timer()
    {
        var (next, actions) = BgpFsm.Step(Connect, new ConnectionFailed("refused"));
        var (again, retry) = BgpFsm.Step(next, new TimerExpired(BgpTimer.ConnectRetry));

        Assert.Equal(BgpState.Active, next.State);
        Assert.Equal<BgpAction>([new ReportFailure(new(SessionEndReason.ConnectionLost, null, "refused"))], actions);
        Assert.Equal(BgpState.Connect, again.State);
        Assert.Equal<BgpAction>([new OpenConnection(), new StartTimer(BgpTimer.ConnectRetry, Options.ConnectRetry)], retry);
    }

    [Fact]
    public void An_attempt_that_takes_too_long_is_replaced()
    {
        var (next, actions) = BgpFsm.Step(Connect, new TimerExpired(BgpTimer.ConnectRetry));

        Assert.Equal(BgpState.Connect, next.State);
        Assert.Equal<BgpAction>([new CloseConnection(), new OpenConnection(), new StartTimer(BgpTimer.ConnectRetry, Options.ConnectRetry)], actions);
    }

    [Fact]
    public void Our_OPEN_says_everything_that_we_can()
    {
        var options = Options with { LocalAsn = new(4200000001), GracefulRestart = new(true, TimeSpan.FromSeconds(120), [new(AddressFamily.Ipv4Unicast, true)]) };
        var (next, actions) = BgpFsm.Step(Connect with { Options = options }, new ConnectionUp());

        Assert.Equal(BgpState.OpenSent, next.State);
        var open = Assert.IsType<OpenMessage>(Assert.IsType<Send>(actions[1]).Message);
        Assert.Equal(((ushort)23456, new Asn(4200000001), TimeSpan.FromSeconds(90)), (open.MyAs, open.Asn, open.HoldTime));
        Assert.Equal(LocalId, open.RouterId);
        Assert.Equal<Capability>(
            [
                new MultiprotocolCapability(AddressFamily.Ipv4Unicast),
                new MultiprotocolCapability(AddressFamily.Ipv6Unicast),
                new RouteRefreshCapability(),
                new FourOctetAsCapability(new(4200000001)),
                options.GracefulRestart!,
            ],
            open.Capabilities.Items);
        Assert.Equal(new StartTimer(BgpTimer.Hold, TimeSpan.FromMinutes(4)), actions[2]);
    }

    [Fact]
    public void Open_from_the_configured_peer_confirms_with_the_smaller_hold_time()
    {
        var (next, actions) = BgpFsm.Step(OpenSent, new MessageReceived(PeerOpen));

        Assert.Equal(BgpState.OpenConfirm, next.State);
        Assert.Equal<BgpAction>(
            [
                new Send(KeepaliveMessage.Instance),
                new StartTimer(BgpTimer.Hold, TimeSpan.FromSeconds(30)),
                new StartTimer(BgpTimer.Keepalive, TimeSpan.FromSeconds(10)),
            ],
            actions);
    }

    // 8: hold time 0 is legal and means no timers at all
    [Fact]
    public void A_hold_time_of_zero_runs_without_timers()
    {
        var (confirm, atOpen) = BgpFsm.Step(OpenSent, new MessageReceived(PeerOpen with { HoldTime = TimeSpan.Zero }));
        var (established, atKeepalive) = BgpFsm.Step(confirm, new MessageReceived(KeepaliveMessage.Instance));
        var (_, atUpdate) = BgpFsm.Step(established, new MessageReceived(KeepaliveMessage.Instance));

        Assert.Equal<BgpAction>([new Send(KeepaliveMessage.Instance), new StopTimer(BgpTimer.Hold)], atOpen);
        Assert.Equal<BgpAction>([new SessionUp(confirm.Negotiated!)], atKeepalive);
        Assert.Empty(atUpdate);
    }

    [Fact]
    public void A_wished_keepalive_is_never_longer_than_a_third_of_the_hold_time()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), KeepaliveFor(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(10), KeepaliveFor(TimeSpan.FromSeconds(60)));

        static TimeSpan KeepaliveFor(TimeSpan wished) =>
            After(OpenSent with { Options = Options with { Keepalive = wished } }, new MessageReceived(PeerOpen)).Negotiated!.Keepalive;
    }

    [Fact]
    public void The_first_KEEPALIVE_establishes()
    {
        var (next, actions) = BgpFsm.Step(OpenConfirm, new MessageReceived(KeepaliveMessage.Instance));

        Assert.Equal(BgpState.Established, next.State);
        Assert.Equal<BgpAction>([new StartTimer(BgpTimer.Hold, TimeSpan.FromSeconds(30)), new SessionUp(next.Negotiated!)], actions);
    }

    [Fact]
    public void UPDATEs_are_delivered_and_start_the_hold_timer_anew()
    {
        var update = new UpdateMessage { EndOfRib = AddressFamily.Ipv4Unicast };

        var (next, actions) = BgpFsm.Step(Established, new MessageReceived(update));

        Assert.Equal(Established, next);
        Assert.Equal<BgpAction>([new StartTimer(BgpTimer.Hold, TimeSpan.FromSeconds(30)), new Deliver(update)], actions);
    }

    // 51
    [Fact]
    public void ROUTE_REFRESH_is_delivered_for_negotiated_families_only()
    {
        var wanted = new RouteRefreshMessage(AddressFamily.Ipv6Unicast);

        Assert.Equal<BgpAction>([new Deliver(wanted)], BgpFsm.Step(Established, new MessageReceived(wanted)).Actions);
        Assert.Empty(BgpFsm.Step(Established, new MessageReceived(new RouteRefreshMessage(new((Afi)25, (Safi)70)))).Actions);
        Assert.Empty(BgpFsm.Step(Established, new MessageReceived(wanted with { Subtype = RouteRefreshSubtype.BeginOfRefresh })).Actions);
    }

    [Theory]
    [InlineData(BgpState.OpenConfirm)]
    [InlineData(BgpState.Established)]
    public void The_keepalive_timer_sends_and_starts_again(BgpState state)
    {
        var (next, actions) = BgpFsm.Step(In(state), new TimerExpired(BgpTimer.Keepalive));

        Assert.Equal(state, next.State);
        Assert.Equal<BgpAction>([new Send(KeepaliveMessage.Instance), new StartTimer(BgpTimer.Keepalive, TimeSpan.FromSeconds(10))], actions);
    }
}
