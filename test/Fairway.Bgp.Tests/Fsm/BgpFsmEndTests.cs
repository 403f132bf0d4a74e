using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using static Fairway.Bgp.Tests.Fsm.Sessions;

namespace Fairway.Bgp.Tests.Fsm;

/// <summary>How a session ends, what the peer is told, and when it comes back (RFC 4271 §8.2.2).</summary>
public class BgpFsmEndTests
{
    private static readonly NotificationMessage Shutdown = NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, "maintenance");

    [Theory]
    [InlineData(BgpState.OpenSent)]
    [InlineData(BgpState.OpenConfirm)]
    [InlineData(BgpState.Established)]
    public void A_silent_peer_gets_4_0(BgpState state)
    {
        var (next, actions) = BgpFsm.Step(In(state), new TimerExpired(BgpTimer.Hold));

        Assert.Equal((BgpState.Idle, 1), (next.State, next.Failures));
        Assert.Equal(new Send(NotificationMessage.HoldTimerExpired), actions[0]);
        Assert.Equal(new CloseConnection(), actions[1]);
        Assert.Equal(new StartTimer(BgpTimer.IdleHold, TimeSpan.FromSeconds(1)), actions[^1]);
    }

    // 15
    [Theory]
    [InlineData(BgpState.OpenSent, FsmSubcode.UnexpectedInOpenSent)]
    [InlineData(BgpState.OpenConfirm, FsmSubcode.UnexpectedInOpenConfirm)]
    public void An_UPDATE_too_early_gets_5_with_the_state(BgpState state, FsmSubcode subcode)
    {
        var (next, actions) = BgpFsm.Step(In(state), new MessageReceived(new UpdateMessage()));

        Assert.Equal(BgpState.Idle, next.State);
        Assert.Equal(new Send(NotificationMessage.Fsm(subcode)), actions[0]);
    }

    // 15
    [Fact]
    public void An_OPEN_in_Established_gets_5_3()
    {
        var (next, actions) = BgpFsm.Step(Established, new MessageReceived(PeerOpen));

        Assert.Equal(BgpState.Idle, next.State);
        Assert.Equal(new Send(NotificationMessage.Fsm(FsmSubcode.UnexpectedInEstablished)), actions[0]);
        Assert.Contains(actions, action => action is SessionDown { End.AllowsGracefulRestart: false });
    }

    [Fact]
    public void Bad_bytes_are_answered_as_the_decoder_says()
    {
        var error = new DecodeError(NotificationMessage.Update(UpdateSubcode.MalformedAttributeList), "overrun");

        var (next, actions) = BgpFsm.Step(Established, new MessageInvalid(error));

        Assert.Equal(BgpState.Idle, next.State);
        Assert.Equal(new Send(error.Notification), actions[0]);
        Assert.Contains(new SessionDown(new(SessionEndReason.NotificationSent, error.Notification, "overrun")), actions);
    }

    [Fact]
    public void A_lost_connection_keeps_routes_and_a_NOTIFICATION_does_not()
    {
        var lost = BgpFsm.Step(Established, new ConnectionFailed("reset"));
        var told = BgpFsm.Step(Established, new MessageReceived(NotificationMessage.Cease(CeaseSubcode.AdministrativeReset)));

        Assert.True(lost.Actions.OfType<SessionDown>().Single().End.AllowsGracefulRestart);
        Assert.False(told.Actions.OfType<SessionDown>().Single().End.AllowsGracefulRestart);
        Assert.Equal([BgpState.Idle, BgpState.Idle], [lost.Next.State, told.Next.State]);
    }

    [Theory]
    [InlineData(BgpState.OpenSent, CeaseSubcode.ConnectionRejected, 1)]
    [InlineData(BgpState.OpenConfirm, CeaseSubcode.ConnectionRejected, 1)]
    [InlineData(BgpState.Established, CeaseSubcode.ConnectionRejected, 1)]
    [InlineData(BgpState.OpenSent, CeaseSubcode.ConnectionCollisionResolution, 0)]
    [InlineData(BgpState.OpenConfirm, CeaseSubcode.ConnectionCollisionResolution, 0)]
    [InlineData(BgpState.Established, CeaseSubcode.ConnectionCollisionResolution, 1)]
    public void A_NOTIFICATION_counts_as_failure_unless_it_resolves_a_collision(BgpState state, CeaseSubcode subcode, int failures)
    {
        var (next, actions) = BgpFsm.Step(In(state), new MessageReceived(NotificationMessage.Cease(subcode)));

        Assert.Equal((BgpState.Idle, failures), (next.State, next.Failures));
        Assert.DoesNotContain(actions, action => action is Send);
        Assert.Equal(new StartTimer(BgpTimer.IdleHold, TimeSpan.FromSeconds(1)), actions[^1]);
    }

    [Theory]
    [InlineData(BgpState.OpenSent)]
    [InlineData(BgpState.OpenConfirm)]
    [InlineData(BgpState.Established)]
    public void Stop_tells_the_peer_and_stays_down(BgpState state)
    {
        var (next, actions) = BgpFsm.Step(In(state), new ManualStop(Shutdown));
        var (still, later) = BgpFsm.Step(next, new TimerExpired(BgpTimer.IdleHold));

        Assert.Equal((BgpState.Idle, false), (next.State, next.IsStarted));
        Assert.Equal<BgpAction>([new Send(Shutdown), new CloseConnection()], actions[..2]);
        Assert.DoesNotContain(actions, action => action is StartTimer);
        Assert.Equal((BgpState.Idle, 0), (still.State, later.Length));
    }

    [Theory]
    [InlineData(BgpState.Connect)]
    [InlineData(BgpState.Active)]
    public void Stop_before_a_connection_is_silent(BgpState state)
    {
        var (next, actions) = BgpFsm.Step(In(state), new ManualStop(Shutdown));

        Assert.Equal((BgpState.Idle, false), (next.State, next.IsStarted));
        Assert.DoesNotContain(actions, action => action is Send or StartTimer);
        Assert.Contains(new CloseConnection(), actions);
    }

    [Fact]
    public void A_stop_for_graceful_restart_sends_nothing()
    {
        var (_, actions) = BgpFsm.Step(Established, new ManualStop(null));

        Assert.DoesNotContain(actions, action => action is Send);
        Assert.Equal(SessionEndReason.StoppedSilently, actions.OfType<SessionDown>().Single().End.Reason);
    }

    [Fact]
    public void An_automatic_stop_comes_back_after_the_pause()
    {
        var (next, actions) = BgpFsm.Step(Established, new AutomaticStop(NotificationMessage.Cease(CeaseSubcode.OtherConfigurationChange)));
        var again = After(next, new TimerExpired(BgpTimer.IdleHold));

        Assert.Equal(new StartTimer(BgpTimer.IdleHold, TimeSpan.FromSeconds(1)), actions[^1]);
        Assert.Equal(BgpState.Connect, again.State);
    }

    [Fact]
    public void Repeated_failures_lengthen_the_pause_and_a_living_session_forgets_them()
    {
        var session = Connect;
        var pauses = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var failed = BgpFsm.Step(After(session, new ConnectionUp()), new TimerExpired(BgpTimer.Hold));
            pauses.Add(failed.Actions.OfType<StartTimer>().Last().Duration.TotalSeconds);
            session = After(failed.Next, new TimerExpired(BgpTimer.IdleHold));
        }

        var established = After(session, new ConnectionUp(), new MessageReceived(PeerOpen), new MessageReceived(KeepaliveMessage.Instance));
        var proved = After(established, new MessageReceived(KeepaliveMessage.Instance));

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 120, 120], pauses);
        Assert.Equal((9, 0), (established.Failures, proved.Failures));
    }

    public static TheoryData<BgpState, BgpEvent> EveryStateAndEvent()
    {
        BgpEvent[] events =
        [
            new ManualStart(), new ManualStop(Shutdown), new ManualStop(null), new AutomaticStop(Shutdown), new ConnectionUp(), new ConnectionFailed("gone"),
            new CollisionLost(), new PeerReconnected(), new OtherConnectionEnded(true), new OtherConnectionEnded(false),
            new MessageReceived(PeerOpen), new MessageReceived(KeepaliveMessage.Instance), new MessageReceived(new UpdateMessage()),
            new MessageReceived(Shutdown), new MessageReceived(new RouteRefreshMessage(AddressFamily.Ipv4Unicast)),
            new MessageInvalid(new(NotificationMessage.HoldTimerExpired, "bad")),
            .. Enum.GetValues<BgpTimer>().Select(timer => new TimerExpired(timer)),
        ];
        var data = new TheoryData<BgpState, BgpEvent>();
        foreach (var state in Enum.GetValues<BgpState>())
        {
            foreach (var input in events)
            {
                data.Add(state, input);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStateAndEvent), DisableDiscoveryEnumeration = true)]
    public void Every_event_has_an_answer_that_leaves_nothing_behind(BgpState state, BgpEvent input)
    {
        foreach (var side in Enum.GetValues<ConnectionSide>())
        {
            var before = In(state) with { Side = side };
            var (next, actions) = BgpFsm.Step(before, input);

            var hasLeft = before.State != BgpState.Idle && next.State is BgpState.Idle;
            var startsOver = state is BgpState.Connect && input is TimerExpired { Timer: BgpTimer.ConnectRetry };
            var waitsAgain = state is BgpState.OpenSent && next.State is BgpState.Active;
            Assert.Equal(hasLeft || startsOver || waitsAgain, actions.Contains(new CloseConnection()));
            Assert.Equal(state is BgpState.Established && next.State != BgpState.Established, actions.Any(action => action is SessionDown));
            Assert.Equal(next.State > BgpState.OpenSent, next.Negotiated is not null);
        }
    }
}
