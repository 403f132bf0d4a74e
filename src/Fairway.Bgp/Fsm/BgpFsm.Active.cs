using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

public static partial class BgpFsm
{
    /// <summary>Active: we wait for the peer's connection, or for the next attempt of our own (RFC 4271 §8.2.2).</summary>
    private static Transition WhenActive(BgpSession session, BgpEvent input) => input switch
    {
        TimerExpired { Timer: BgpTimer.ConnectRetry } => Stay(
            session with { State = BgpState.Connect },
            new OpenConnection(),
            new StartTimer(BgpTimer.ConnectRetry, session.Options.ConnectRetry)),
        _ => WhenNotConnected(session, input),
    };
}
