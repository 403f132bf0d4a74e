using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Fsm;

/// <summary>Why a session ended.</summary>
public enum SessionEndReason
{
    /// <summary>TCP went away without a NOTIFICATION: the one end after which routes are kept (RFC 4724 §4.2).</summary>
    ConnectionLost,

    /// <summary>The peer opened a new connection in place of the old (RFC 4724 §5); routes are kept as well.</summary>
    PeerReconnected,
    NotificationSent,
    NotificationReceived,

    /// <summary>We closed without a NOTIFICATION, for our own graceful restart.</summary>
    StoppedSilently,
}

/// <summary>The end of a session with its words for people.</summary>
public sealed record SessionEnd(SessionEndReason Reason, NotificationMessage? Notification, string Detail)
{
    /// <summary>The peer's routes may be kept as stale, if it offered graceful restart (RFC 4724 §4.2).</summary>
    public bool AllowsGracefulRestart => Reason is SessionEndReason.ConnectionLost or SessionEndReason.PeerReconnected;
}
