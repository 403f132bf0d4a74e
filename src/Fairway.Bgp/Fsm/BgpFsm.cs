using System.Collections.Immutable;
using System.Diagnostics;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

/// <summary>What a step gave.</summary>
public readonly record struct Transition(BgpSession Next, ImmutableArray<BgpAction> Actions);

/// <summary>
/// The finite state machine of one connection (RFC 4271 §8.2.2), one file per state. Timers that fire in a state that does not use
/// them were stopped a moment too late and are ignored. DelayOpen is not used.
/// </summary>
public static partial class BgpFsm
{
    /// <summary>RFC 4271 §8.2.2 suggests four minutes for a peer's OPEN.</summary>
    public static readonly TimeSpan OpenHoldTime = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    public static Transition Step(BgpSession session, BgpEvent input)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(input);
        return session.State switch
        {
            BgpState.Idle => WhenIdle(session, input),
            BgpState.Connect => WhenConnect(session, input),
            BgpState.Active => WhenActive(session, input),
            BgpState.OpenSent => WhenOpenSent(session, input),
            BgpState.OpenConfirm => WhenOpenConfirm(session, input),
            BgpState.Established => WhenEstablished(session, input),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>DampPeerOscillations (RFC 4271 §8.1.1): 1 s after the first failure, then twice as long each time, up to two minutes.</summary>
    internal static TimeSpan PauseAfter(int failures)
    {
        var doublings = Math.Clamp(failures - 1, 0, 7);
        var pause = FirstPause * (1 << doublings);
        return pause < LongestPause ? pause : LongestPause;
    }

    private static Transition Stay(BgpSession session, params ReadOnlySpan<BgpAction> actions) => new(session, [.. actions]);

    /// <summary>The connection is up: our OPEN goes first.</summary>
    private static Transition SendOpen(BgpSession session) => Stay(
        session with { State = BgpState.OpenSent },
        new StopTimer(BgpTimer.ConnectRetry),
        new Send(OpenNegotiation.OurOpen(session.Options)),
        new StartTimer(BgpTimer.Hold, OpenHoldTime));

    /// <summary>Ends with a NOTIFICATION of ours because of an error.</summary>
    private static Transition Close(BgpSession session, NotificationMessage notification, string detail) =>
        Fail(session, new SessionEnd(SessionEndReason.NotificationSent, notification, detail), new Send(notification));

    private static Transition Close(BgpSession session, DecodeError error) => Close(session, error.Notification, error.Reason);

    private static Transition NotificationCame(BgpSession session, NotificationMessage notification)
    {
        var end = new SessionEnd(SessionEndReason.NotificationReceived, notification, "the peer closed the session");
        // RFC 4271 §6.8: the peer keeps the other connection. That is no failure.
        var isCollision = notification is { Code: NotificationCode.Cease, Subcode: (byte)CeaseSubcode.ConnectionCollisionResolution };
        return isCollision && session.State != BgpState.Established ? End(session, end) : Fail(session, end);
    }

    /// <summary>An end that counts as failure.</summary>
    private static Transition Fail(BgpSession session, SessionEnd end, params ReadOnlySpan<BgpAction> before) =>
        End(session with { Failures = session.Failures + 1 }, end, before);

    /// <summary>To Idle; a connection of ours comes back after the pause.</summary>
    private static Transition End(BgpSession session, SessionEnd end, params ReadOnlySpan<BgpAction> before)
    {
        var (next, actions) = ToIdle(session, before);
        BgpAction report = session.State is BgpState.Established ? new SessionDown(end) : new ReportFailure(end);
        return session.Side is ConnectionSide.Outgoing && session.IsStarted
            ? new(next, [.. actions, report, Pause(session)])
            : new(next, [.. actions, report]);
    }

    /// <summary>To Idle without a word to anyone and without coming back by itself.</summary>
    private static Transition ToIdle(BgpSession session, params ReadOnlySpan<BgpAction> before) => Stay(
        session with { State = BgpState.Idle, PeerOpen = null, Negotiated = null },
        [
            .. before,
            new CloseConnection(),
            new StopTimer(BgpTimer.ConnectRetry),
            new StopTimer(BgpTimer.Hold),
            new StopTimer(BgpTimer.Keepalive),
        ]);

    private static StartTimer Pause(BgpSession session) => new(BgpTimer.IdleHold, PauseAfter(session.Failures));

    /// <summary>The operator's stop (event 2), while an OPEN of ours is out.</summary>
    private static Transition Stop(BgpSession session, NotificationMessage? notification)
    {
        var stopped = session with { IsStarted = false, Failures = 0 };
        var reason = notification is null ? SessionEndReason.StoppedSilently : SessionEndReason.NotificationSent;
        var end = new SessionEnd(reason, notification, "stopped by the operator");
        return notification is null ? End(stopped, end) : End(stopped, end, new Send(notification));
    }

    /// <summary>Event 8: like an error, except that it is none of the peer's.</summary>
    private static Transition StopForNow(BgpSession session, NotificationMessage notification) =>
        End(session, new SessionEnd(SessionEndReason.NotificationSent, notification, "closed to start again"), new Send(notification));

    private static Transition LoseCollision(BgpSession session)
    {
        var cease = NotificationMessage.Cease(CeaseSubcode.ConnectionCollisionResolution);
        return ToIdle(session, new Send(cease));
    }
}
