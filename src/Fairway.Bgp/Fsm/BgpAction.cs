using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Fsm;

/// <summary>Something to do, in the order given.</summary>
public abstract record BgpAction;

/// <summary>Open a TCP connection; answer with <see cref="ConnectionUp"/> or <see cref="ConnectionFailed"/>.</summary>
public sealed record OpenConnection : BgpAction;

/// <summary>Close the TCP connection, or give up opening it; nothing more is reported of it.</summary>
public sealed record CloseConnection : BgpAction;

/// <summary>Send a message.</summary>
public sealed record Send(BgpMessage Message) : BgpAction;

/// <summary>Start or restart a timer. The caller applies the jitter of RFC 4271 §10 to all but <see cref="BgpTimer.Hold"/>.</summary>
public sealed record StartTimer(BgpTimer Timer, TimeSpan Duration) : BgpAction;

/// <summary>Stop a timer; one that does not run is no error.</summary>
public sealed record StopTimer(BgpTimer Timer) : BgpAction;

/// <summary>The session is Established: exchange routes.</summary>
public sealed record SessionUp(NegotiatedSession Session) : BgpAction;

/// <summary>The Established session ended.</summary>
public sealed record SessionDown(SessionEnd End) : BgpAction;

/// <summary>An UPDATE or ROUTE-REFRESH of an Established session for the RIBs.</summary>
public sealed record Deliver(BgpMessage Message) : BgpAction;

/// <summary>A connection attempt or a session not yet Established failed, for the status and the log.</summary>
public sealed record ReportFailure(SessionEnd End) : BgpAction;
