using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

public static partial class BgpFsm
{
    /// <summary>OpenSent: our OPEN is on the wire; we wait for the peer's (RFC 4271 §8.2.2).</summary>
    private static Transition WhenOpenSent(BgpSession session, BgpEvent input) => input switch
    {
        MessageReceived { Message: OpenMessage open } => OpenCame(session, open),
        MessageReceived { Message: NotificationMessage notification } => NotificationCame(session, notification),
        MessageReceived => Close(session, NotificationMessage.Fsm(FsmSubcode.UnexpectedInOpenSent), "a message before the OPEN"),
        MessageInvalid { Error: var error } => Close(session, error),
        TimerExpired { Timer: BgpTimer.Hold } => Close(session, NotificationMessage.HoldTimerExpired, "no OPEN came"),
        ManualStop { Notification: var notification } => Stop(session, notification),
        AutomaticStop { Notification: var notification } => StopForNow(session, notification),
        ConnectionFailed { Reason: var reason } => ConnectionGone(session, reason),
        CollisionLost => LoseCollision(session),
        PeerReconnected => ToIdle(session),
        _ => Stay(session),
    };

    private static Transition OpenCame(BgpSession session, OpenMessage open)
    {
        if (OpenNegotiation.FindProblem(session.Options, open) is { } problem)
        {
            return Close(session, problem);
        }

        var negotiated = OpenNegotiation.Negotiate(session.Options, open);
        var next = session with { State = BgpState.OpenConfirm, PeerOpen = open, Negotiated = negotiated };
        // RFC 4271 §4.2: a hold time of 0 means no timers; the one that waited for the OPEN ends.
        return negotiated.HoldTime == TimeSpan.Zero
            ? Stay(next, new Send(KeepaliveMessage.Instance), new StopTimer(BgpTimer.Hold))
            : Stay(
                next,
                new Send(KeepaliveMessage.Instance),
                new StartTimer(BgpTimer.Hold, negotiated.HoldTime),
                new StartTimer(BgpTimer.Keepalive, negotiated.Keepalive));
    }

    /// <summary>RFC 4271 §8.2.2, event 18 in OpenSent: back to Active, which is no failure yet.</summary>
    private static Transition ConnectionGone(BgpSession session, string reason)
    {
        var (idle, actions) = ToIdle(session);
        return session.Side is ConnectionSide.Incoming
            ? new(idle, [.. actions, Unreachable(reason)])
            : new(
                idle with { State = BgpState.Active },
                [.. actions, Unreachable(reason), new StartTimer(BgpTimer.ConnectRetry, session.Options.ConnectRetry)]);
    }
}
