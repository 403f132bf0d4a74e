using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

public static partial class BgpFsm
{
    /// <summary>Connect: our TCP connection is being opened (RFC 4271 §8.2.2).</summary>
    private static Transition WhenConnect(BgpSession session, BgpEvent input) => input switch
    {
        ConnectionUp => SendOpen(session),
        // Differs from RFC 4271 §8.2.2: to Active, not Idle, so that the peer's own attempt is welcome; ConnectRetry goes on and paces ours.
        ConnectionFailed { Reason: var reason } => Stay(session with { State = BgpState.Active }, Unreachable(reason)),
        TimerExpired { Timer: BgpTimer.ConnectRetry } => Stay(
            session,
            new CloseConnection(),
            new OpenConnection(),
            new StartTimer(BgpTimer.ConnectRetry, session.Options.ConnectRetry)),
        _ => WhenNotConnected(session, input),
    };

    /// <summary>What Connect and Active share.</summary>
    private static Transition WhenNotConnected(BgpSession session, BgpEvent input) => input switch
    {
        ManualStop => ToIdle(session with { IsStarted = false, Failures = 0 }),
        CollisionLost => ToIdle(session),
        AutomaticStop => BackAfterPause(session),
        OtherConnectionEnded { IsFault: true } => BackAfterPause(session with { Failures = session.Failures + 1 }),
        // Differs from RFC 4271 §8.2.2: late messages of a connection already closed are no reason to give up a new one.
        _ => Stay(session),
    };

    private static Transition BackAfterPause(BgpSession session)
    {
        var (next, actions) = ToIdle(session);
        return new(next, [.. actions, Pause(session)]);
    }

    private static ReportFailure Unreachable(string reason) => new(new SessionEnd(SessionEndReason.ConnectionLost, null, reason));
}
