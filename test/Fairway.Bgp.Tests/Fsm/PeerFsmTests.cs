using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using static Fairway.Bgp.Tests.Fsm.Sessions;

namespace Fairway.Bgp.Tests.Fsm;

/// <summary>A peer's two connections: collision (RFC 4271 §6.8), and how one's end paces the other.</summary>
public class PeerFsmTests
{
    private const ConnectionSide Ours = ConnectionSide.Outgoing;
    private const ConnectionSide Theirs = ConnectionSide.Incoming;
    private static readonly NotificationMessage Collision = NotificationMessage.Cease(CeaseSubcode.ConnectionCollisionResolution);
    private static readonly MessageReceived Open = new(PeerOpen);
    private static readonly MessageReceived Keepalive = new(KeepaliveMessage.Instance);

    private static readonly MessageReceived OpenWithRestart = new(WithRestart(isRestarting: false));
    private static readonly MessageReceived OpenOfRestarted = new(WithRestart(isRestarting: true));

    private static PeerSession Started => After(new PeerSession(Options), (Ours, new ManualStart()));

    private static PeerSession BothOpenSent => PeerFsm.Accept(After(Started, (Ours, new ConnectionUp()))).Transition.Next;

    // 14
    [Theory]
    [InlineData("192.0.2.0", 64511, Ours)]
    [InlineData("192.0.2.2", 64511, Theirs)]
    [InlineData("192.0.2.1", 64511, Theirs)] // RFC 6286 §2.3: equal identifiers, the higher AS
    [InlineData("192.0.2.1", 64495, Ours)]
    public void The_higher_identifier_keeps_its_connection(string peerId, int peerAsn, ConnectionSide survivor)
    {
        var open = PeerOpen with { RouterId = RouterId.Parse(peerId), MyAs = (ushort)peerAsn, Capabilities = [] };
        var options = Options with { PeerAsn = null };
        var peer = new PeerSession(Options) with
        {
            Outgoing = OpenSent with { Options = options },
            Incoming = OpenSent with { Options = options, Side = Theirs },
        };
        var loser = survivor is Ours ? Theirs : Ours;

        foreach (var first in new[] { Ours, Theirs })
        {
            var second = first is Ours ? Theirs : Ours;
            var (next, actions) = PeerFsm.Step(After(peer, (first, new MessageReceived(open))), second, new MessageReceived(open));

            Assert.Equal((BgpState.OpenConfirm, BgpState.Idle), (next[survivor].State, next[loser].State));
            Assert.Contains(new PeerAction(loser, new Send(Collision)), actions);
            Assert.Contains(new PeerAction(loser, new CloseConnection()), actions);
            Assert.DoesNotContain(new PeerAction(survivor, new CloseConnection()), actions);
        }
    }

    [Fact]
    public void In_OpenSent_nothing_is_decided_yet()
    {
        var (next, actions) = PeerFsm.Step(BothOpenSent, Ours, Open);

        Assert.Equal((BgpState.OpenConfirm, BgpState.OpenSent), (next.Outgoing.State, next.Incoming.State));
        Assert.DoesNotContain(actions, action => action.Action is CloseConnection);
    }

    // 14: an Established one wins always, whoever has the higher identifier
    [Theory]
    [InlineData(Ours, Theirs)]
    [InlineData(Theirs, Ours)]
    public void The_first_to_be_Established_ends_the_other(ConnectionSide winner, ConnectionSide loser)
    {
        var (next, actions) = PeerFsm.Step(After(BothOpenSent, (winner, Open)), winner, Keepalive);

        Assert.Equal((BgpState.Established, BgpState.Idle), (next[winner].State, next[loser].State));
        Assert.Contains(new PeerAction(loser, new Send(Collision)), actions);
        Assert.Equal(next[winner], next.Current);
    }

    [Fact]
    public void An_attempt_of_ours_ends_when_the_peers_connection_is_Established()
    {
        var accepted = PeerFsm.Accept(Started).Transition.Next;
        var (next, actions) = PeerFsm.Step(After(accepted, (Theirs, Open)), Theirs, Keepalive);

        Assert.Equal((BgpState.Idle, BgpState.Established), (next.Outgoing.State, next.Incoming.State));
        Assert.Contains(new PeerAction(Ours, new CloseConnection()), actions);
        Assert.Contains(new PeerAction(Ours, new StopTimer(BgpTimer.ConnectRetry)), actions);
    }

    [Fact]
    public void After_the_end_of_the_peers_connection_ours_comes_back()
    {
        var up = After(PeerFsm.Accept(Started).Transition.Next, (Theirs, Open), (Theirs, Keepalive));

        var (down, actions) = PeerFsm.Step(up, Theirs, new ConnectionFailed("reset"));
        var again = After(down, (Ours, new TimerExpired(BgpTimer.IdleHold)));

        Assert.Contains(actions, action => action is { Side: Theirs, Action: SessionDown });
        Assert.Contains(new PeerAction(Ours, new StartTimer(BgpTimer.IdleHold, TimeSpan.FromSeconds(1))), actions);
        Assert.Equal(BgpState.Connect, again.Outgoing.State);
    }

    [Fact]
    public void A_collision_that_the_peer_resolved_is_no_failure()
    {
        var (next, actions) = PeerFsm.Step(After(BothOpenSent, (Ours, Open)), Ours, new MessageReceived(Collision));

        Assert.Equal((BgpState.Idle, BgpState.OpenSent, 0), (next.Outgoing.State, next.Incoming.State, next.Outgoing.Failures));
        Assert.Contains(actions, action => action is { Side: Ours, Action: StartTimer { Timer: BgpTimer.IdleHold } });
    }

    [Fact]
    public void A_stopped_peer_is_refused()
    {
        var decision = PeerFsm.Accept(new PeerSession(Options));

        Assert.Equal(NotificationMessage.Cease(CeaseSubcode.ConnectionRejected), decision.Refusal);
        Assert.Equal(new PeerSession(Options), decision.Transition.Next);
    }

    [Fact]
    public void A_peer_is_welcome_during_the_pause_after_failures()
    {
        var passive = After(new PeerSession(Options with { Passive = true }), (Ours, new ManualStart()));

        var failedTwice = Fail(Fail(passive));

        Assert.Equal((BgpState.Idle, 2), (failedTwice.State, failedTwice.Outgoing.Failures));
        Assert.Null(PeerFsm.Accept(failedTwice).Refusal);

        static PeerSession Fail(PeerSession peer)
        {
            var accepted = PeerFsm.Accept(peer);
            Assert.Null(accepted.Refusal);
            return After(accepted.Transition.Next, (Theirs, new MessageReceived(PeerOpen with { RouterId = default })));
        }
    }

    [Fact]
    public void A_session_over_the_peers_connection_that_lives_clears_the_failures_of_ours()
    {
        var failed = Started with { Outgoing = Started.Outgoing with { Failures = 5 } };
        var up = After(PeerFsm.Accept(failed).Transition.Next, (Theirs, Open), (Theirs, Keepalive));

        Assert.Equal((5, 5), (up.Outgoing.Failures, up.Incoming.Failures));
        Assert.Equal(0, After(up, (Theirs, Keepalive)).Outgoing.Failures);
    }

    [Fact]
    public void An_Established_peer_is_refused_a_second_connection()
    {
        var up = After(Started, (Ours, new ConnectionUp()), (Ours, Open), (Ours, Keepalive));

        Assert.Equal(Collision, PeerFsm.Accept(up).Refusal);
    }

    // RFC 4724 §5
    [Fact]
    public void A_peer_that_connects_again_replaces_its_dead_connection_and_keeps_its_routes()
    {
        var up = After(PeerFsm.Accept(Started).Transition.Next, (Theirs, OpenWithRestart), (Theirs, Keepalive));

        var decision = PeerFsm.Accept(up);

        Assert.Null(decision.Refusal);
        var actions = decision.Transition.Actions;
        var down = actions.Single(action => action.Action is SessionDown);
        Assert.Equal((Theirs, true), (down.Side, ((SessionDown)down.Action).End.AllowsGracefulRestart));
        var firstSend = actions.First(action => action.Action is Send);
        Assert.Equal((Theirs, true), (firstSend.Side, ((Send)firstSend.Action).Message is OpenMessage));
        Assert.True(actions.IndexOf(new(Theirs, new CloseConnection())) < actions.IndexOf(firstSend));
        Assert.Equal(BgpState.OpenSent, decision.Transition.Next.Incoming.State);
    }

    [Fact]
    public void A_peer_that_says_it_restarted_replaces_our_dead_connection_and_keeps_its_routes()
    {
        var up = After(Started, (Ours, new ConnectionUp()), (Ours, OpenWithRestart), (Ours, Keepalive));
        var accepted = PeerFsm.Accept(up);

        var (next, actions) = PeerFsm.Step(accepted.Transition.Next, Theirs, OpenOfRestarted);

        Assert.DoesNotContain(accepted.Transition.Actions, action => action.Side is Ours);
        Assert.True(((SessionDown)actions.Single(action => action.Action is SessionDown).Action).End.AllowsGracefulRestart);
        Assert.Contains(new(Ours, new CloseConnection()), actions);
        Assert.Equal((BgpState.Idle, BgpState.OpenConfirm), (next.Outgoing.State, next.Incoming.State));
    }

    // Both sides dialled, and ours was quicker.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_connection_that_crossed_our_Established_one_is_refused_once_its_OPEN_shows_no_new_restart(bool isRestarting)
    {
        var open = isRestarting ? OpenOfRestarted : OpenWithRestart;
        var up = After(Started, (Ours, new ConnectionUp()), (Ours, open), (Ours, Keepalive));

        var (next, actions) = PeerFsm.Step(PeerFsm.Accept(up).Transition.Next, Theirs, open);

        Assert.Contains(new(Theirs, new Send(Collision)), actions);
        Assert.DoesNotContain(actions, action => action.Side is Ours);
        Assert.Equal((BgpState.Established, BgpState.Idle), (next.Outgoing.State, next.Incoming.State));
    }

    [Fact]
    public void A_second_connection_of_the_peer_replaces_one_that_got_nowhere()
    {
        var decision = PeerFsm.Accept(BothOpenSent);

        Assert.Null(decision.Refusal);
        Assert.Equal(new(Theirs, new CloseConnection()), decision.Transition.Actions[0]);
        Assert.Equal((BgpState.OpenSent, BgpState.OpenSent), (decision.Transition.Next.Outgoing.State, decision.Transition.Next.Incoming.State));
    }

    [Fact]
    public void Stop_ends_both_connections()
    {
        var shutdown = NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, "bye");

        var (next, actions) = PeerFsm.Step(BothOpenSent, Ours, new ManualStop(shutdown));

        Assert.Equal(BgpState.Idle, next.State);
        Assert.Contains(new PeerAction(Ours, new Send(shutdown)), actions);
        Assert.Contains(new PeerAction(Theirs, new Send(shutdown)), actions);
        Assert.DoesNotContain(actions, action => action.Action is StartTimer);
    }

    // Random histories: the two connections are never both Established, and a started peer always has a way back.
    [Fact]
    public void No_history_loses_a_peer()
    {
        const int seed = 20261120;
        var random = new Random(seed);
        BgpEvent[] events =
        [
            new ConnectionUp(), new ConnectionFailed("gone"), Open, Open, OpenWithRestart, OpenOfRestarted, Keepalive, Keepalive, new MessageReceived(Collision),
            new MessageReceived(NotificationMessage.HoldTimerExpired), new TimerExpired(BgpTimer.Hold),
        ];
        var world = new TimerWorld(Started);
        for (var i = 0; i < 200_000; i++)
        {
            if (random.Next(10) == 0)
            {
                world.Accept();
            }
            else
            {
                world.Step(random.Next(2) == 0 ? Ours : Theirs, random.Next(6) == 0 ? null : events[random.Next(events.Length)]);
            }

            if (!world.HasWayForward)
            {
                Assert.Fail($"seed {seed}, step {i}: {world.Peer}");
            }
        }
    }

    private static OpenMessage WithRestart(bool isRestarting) => PeerOpen with
    {
        Capabilities =
        [
            .. PeerOpen.Capabilities,
            new GracefulRestartCapability(isRestarting, TimeSpan.FromSeconds(60), [new(AddressFamily.Ipv4Unicast, true)]),
        ],
    };

    private static PeerSession After(PeerSession peer, params (ConnectionSide Side, BgpEvent Event)[] steps) =>
        steps.Aggregate(peer, (current, step) => PeerFsm.Step(current, step.Side, step.Event).Next);
}
