using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Fsm;

/// <summary>Timers of a session (RFC 4271 §8.1.3).</summary>
public enum BgpTimer
{
    ConnectRetry,
    Hold,
    Keepalive,

    /// <summary>The pause in Idle after a failure (RFC 4271 §8.1.1, IdleHoldTimer).</summary>
    IdleHold,
}

/// <summary>Something that happened to a session (RFC 4271 §8.1).</summary>
public abstract record BgpEvent;

/// <summary>Event 1, and event 3 when the options say so: begin.</summary>
public sealed record ManualStart : BgpEvent;

/// <summary>Event 2. The NOTIFICATION tells the peer why; null closes without one, so that a graceful restart begins (RFC 4724 §4).</summary>
public sealed record ManualStop(NotificationMessage? Notification) : BgpEvent;

/// <summary>End the session with this NOTIFICATION and come back after the pause: prefix limit, changed options, BFD (event 8).</summary>
public sealed record AutomaticStop(NotificationMessage Notification) : BgpEvent;

/// <summary>Events 9 to 11 and 13.</summary>
public sealed record TimerExpired(BgpTimer Timer) : BgpEvent;

/// <summary>Event 16 for our own connection, event 17 for the peer's: TCP is up.</summary>
public sealed record ConnectionUp : BgpEvent;

/// <summary>Event 18: TCP could not be opened, or is gone.</summary>
public sealed record ConnectionFailed(string Reason) : BgpEvent;

/// <summary>Events 19, 25, 26, 27 and ROUTE-REFRESH: a message arrived.</summary>
public sealed record MessageReceived(BgpMessage Message) : BgpEvent;

/// <summary>Events 21, 22 and 28: bytes that end the session.</summary>
public sealed record MessageInvalid(DecodeError Error) : BgpEvent;

/// <summary>Event 23: the other connection of this peer goes on, this one ends (RFC 4271 §6.8).</summary>
public sealed record CollisionLost : BgpEvent;

/// <summary>The peer opened a new connection and has given this one up (RFC 4724 §5).</summary>
public sealed record PeerReconnected : BgpEvent;

/// <summary>The connection that the peer had opened is gone; <paramref name="IsFault"/>: by an error, which the pause in Idle answers.</summary>
public sealed record OtherConnectionEnded(bool IsFault) : BgpEvent;
