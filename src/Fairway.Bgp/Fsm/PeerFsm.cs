using System.Collections.Immutable;
using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Fsm;

/// <summary>An action and the connection (with its socket and its timers) it is for.</summary>
public readonly record struct PeerAction(ConnectionSide Side, BgpAction Action);

/// <summary>What a step of a peer gave.</summary>
public readonly record struct PeerTransition(PeerSession Next, ImmutableArray<PeerAction> Actions);

/// <summary>What to do with a connection that a peer opened.</summary>
public readonly record struct AcceptDecision(PeerTransition Transition, NotificationMessage? Refusal);

/// <summary>
/// A peer's two connections together: routes events to the right FSM, resolves collisions (RFC 4271 §6.8), and lets one connection's
/// end pace the other. Start and stop are events of <see cref="ConnectionSide.Outgoing"/>.
/// </summary>
public static class PeerFsm
{
    public static PeerTransition Step(PeerSession peer, ConnectionSide side, BgpEvent input) => throw new NotImplementedException();

    /// <summary>
    /// The peer opened a connection. With a <see cref="AcceptDecision.Refusal"/> the caller sends that on the new connection and closes it.
    /// Else it first carries out the actions (which may close the incoming connection so far), with the new connection as Incoming
    /// from the first action on that opens: a <see cref="Send"/>.
    /// </summary>
    public static AcceptDecision Accept(PeerSession peer) => throw new NotImplementedException();
}
