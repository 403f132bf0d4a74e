using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Fsm;

public static partial class BgpFsm
{
    /// <summary>Established: routes flow (RFC 4271 §8.2.2).</summary>
    private static Transition WhenEstablished(BgpSession session, BgpEvent input) => input switch
    {
        // A KEEPALIVE here means that the session has lived: its past failures no longer count.
        MessageReceived { Message: KeepaliveMessage } => Heard(session with { Failures = 0 }),
        MessageReceived { Message: UpdateMessage update } => Heard(session, new Deliver(update)),
        MessageReceived { Message: RouteRefreshMessage refresh } => RefreshCame(session, refresh),
        MessageReceived { Message: NotificationMessage notification } => NotificationCame(session, notification),
        MessageReceived => Close(session, NotificationMessage.Fsm(FsmSubcode.UnexpectedInEstablished), "an OPEN in an Established session"),
        MessageInvalid { Error: var error } => Close(session, error),
        TimerExpired { Timer: BgpTimer.Hold } => Close(session, NotificationMessage.HoldTimerExpired, "the peer was silent for the hold time"),
        TimerExpired { Timer: BgpTimer.Keepalive } => KeepAlive(session),
        ManualStop { Notification: var notification } => Stop(session, notification),
        AutomaticStop { Notification: var notification } => StopForNow(session, notification),
        ConnectionFailed { Reason: var reason } => Fail(session, new SessionEnd(SessionEndReason.ConnectionLost, null, reason)),
        PeerReconnected => Replaced(session),
        _ => Stay(session),
    };

    /// <summary>RFC 4271 §4.4: each KEEPALIVE and UPDATE starts the hold time anew.</summary>
    private static Transition Heard(BgpSession session, params ReadOnlySpan<BgpAction> actions)
    {
        var hold = session.Negotiated!.HoldTime;
        return hold == TimeSpan.Zero ? Stay(session, actions) : Stay(session, [new StartTimer(BgpTimer.Hold, hold), .. actions]);
    }

    /// <summary>RFC 2918 §4: one for a family that was not negotiated is ignored; BoRR and EoRR (RFC 7313) were not negotiated either.</summary>
    private static Transition RefreshCame(BgpSession session, RouteRefreshMessage refresh) =>
        refresh.Subtype is RouteRefreshSubtype.Request && session.Negotiated!.Families.Items.Contains(refresh.Family)
            ? Stay(session, new Deliver(refresh))
            : Stay(session);

    /// <summary>RFC 4724 §5: the old connection goes without a NOTIFICATION and the routes stay.</summary>
    private static Transition Replaced(BgpSession session)
    {
        var (next, actions) = ToIdle(session);
        return new(next, [.. actions, new SessionDown(new SessionEnd(SessionEndReason.PeerReconnected, null, "the peer opened a new connection"))]);
    }
}
