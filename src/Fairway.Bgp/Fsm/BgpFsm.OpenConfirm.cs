using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

public static partial class BgpFsm
{
    /// <summary>OpenConfirm: both OPENs agree; the peer's KEEPALIVE or NOTIFICATION decides (RFC 4271 §8.2.2).</summary>
    private static Transition WhenOpenConfirm(BgpSession session, BgpEvent input) => input switch
    {
        MessageReceived { Message: KeepaliveMessage } => BecomeEstablished(session),
        MessageReceived { Message: NotificationMessage notification } => NotificationCame(session, notification),
        MessageReceived => Close(session, NotificationMessage.Fsm(FsmSubcode.UnexpectedInOpenConfirm), "a message before the KEEPALIVE"),
        MessageInvalid { Error: var error } => Close(session, error),
        TimerExpired { Timer: BgpTimer.Hold } => Close(session, NotificationMessage.HoldTimerExpired, "no KEEPALIVE came"),
        TimerExpired { Timer: BgpTimer.Keepalive } => KeepAlive(session),
        ManualStop { Notification: var notification } => Stop(session, notification),
        AutomaticStop { Notification: var notification } => StopForNow(session, notification),
        ConnectionFailed { Reason: var reason } => Fail(session, new SessionEnd(SessionEndReason.ConnectionLost, null, reason)),
        CollisionLost => LoseCollision(session),
        PeerReconnected => ToIdle(session),
        _ => Stay(session),
    };

    private static Transition BecomeEstablished(BgpSession session)
    {
        var negotiated = session.Negotiated!;
        var next = session with { State = BgpState.Established };
        return negotiated.HoldTime == TimeSpan.Zero
            ? Stay(next with { Failures = 0 }, new SessionUp(negotiated))
            : Stay(next, new StartTimer(BgpTimer.Hold, negotiated.HoldTime), new SessionUp(negotiated));
    }

    private static Transition KeepAlive(BgpSession session) => Stay(
        session,
        new Send(KeepaliveMessage.Instance),
        new StartTimer(BgpTimer.Keepalive, session.Negotiated!.Keepalive));
}
