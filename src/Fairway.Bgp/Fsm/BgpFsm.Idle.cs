using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

public static partial class BgpFsm
{
    /// <summary>
    /// Idle: nothing is open (RFC 4271 §8.2.2). Our own connection rests here until it is started, during the pause after a failure, and
    /// while the peer's connection carries the session; the peer's rests here until the peer opens one.
    /// </summary>
    private static Transition WhenIdle(BgpSession session, BgpEvent input) => input switch
    {
        ManualStart when session.Side is ConnectionSide.Outgoing => Begin(session with { IsStarted = true, Failures = 0 }),
        TimerExpired { Timer: BgpTimer.IdleHold } when session.IsStarted => Begin(session),
        ManualStop => Stay(session with { IsStarted = false, Failures = 0 }, new StopTimer(BgpTimer.IdleHold)),
        AutomaticStop when session.IsStarted => Stay(session, Pause(session)),
        OtherConnectionEnded { IsFault: var isFault } when session.IsStarted => PauseAgain(session, isFault),
        CollisionLost => Stay(session, new StopTimer(BgpTimer.IdleHold)),
        ConnectionUp when session.Side is ConnectionSide.Incoming => SendOpen(session),
        _ => Stay(session), // RFC 4271 §8.2.2: any other event is ignored
    };

    private static Transition Begin(BgpSession session) => session.Options.Passive
        ? Stay(session with { State = BgpState.Active }, new StopTimer(BgpTimer.IdleHold))
        : Stay(
            session with { State = BgpState.Connect },
            new StopTimer(BgpTimer.IdleHold),
            new OpenConnection(),
            new StartTimer(BgpTimer.ConnectRetry, session.Options.ConnectRetry));

    private static Transition PauseAgain(BgpSession session, bool isFault)
    {
        var next = session with { Failures = session.Failures + (isFault ? 1 : 0) };
        return Stay(next, Pause(next));
    }
}
