using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

/// <summary>Who opened a TCP connection. A peer has at most one of each, until collision resolution leaves one (RFC 4271 §6.8).</summary>
public enum ConnectionSide
{
    /// <summary>We did.</summary>
    Outgoing,

    /// <summary>The peer did.</summary>
    Incoming,
}

/// <summary>The state of one connection's FSM (RFC 4271 §8).</summary>
public sealed record BgpSession
{
    public required SessionOptions Options { get; init; }

    public ConnectionSide Side { get; init; }

    public BgpState State { get; init; }

    /// <summary>The operator wants the session; false after <see cref="ManualStop"/>.</summary>
    public bool IsStarted { get; init; }

    /// <summary>ConnectRetryCounter: failures since the session last proved itself; they lengthen the pause in Idle.</summary>
    public int Failures { get; init; }

    /// <summary>The peer's OPEN, from OpenConfirm on.</summary>
    public OpenMessage? PeerOpen { get; init; }

    /// <summary>From OpenConfirm on.</summary>
    public NegotiatedSession? Negotiated { get; init; }
}
