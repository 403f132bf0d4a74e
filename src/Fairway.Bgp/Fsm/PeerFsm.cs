using System.Collections.Immutable;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;

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
    public static PeerTransition Step(PeerSession peer, ConnectionSide side, BgpEvent input)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(input);
        var stepped = StepOne(new(peer, []), side, input);
        return input is ManualStop or AutomaticStop
            ? StopOther(stepped, side, input)
            : WakeOutgoing(ForgiveOutgoing(ResolveCollision(stepped, peer, side)), peer, side);
    }

    /// <summary>
    /// The peer opened a connection. With a <see cref="AcceptDecision.Refusal"/> the caller sends that on the new connection and closes it.
    /// Else it carries out the actions: those before the first <see cref="Send"/> concern the connections so far, and from there on
    /// <see cref="ConnectionSide.Incoming"/> is the new one.
    /// </summary>
    public static AcceptDecision Accept(PeerSession peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (FindRefusal(peer) is { } subcode)
        {
            return new(new(peer, []), NotificationMessage.Cease(subcode));
        }

        var transition = new PeerTransition(peer, []);
        // A peer that opens a second connection has given up its first. From ours it may not have gone: its OPEN will tell.
        if (transition.Next.Incoming.State is not BgpState.Idle)
        {
            transition = StepOne(transition, ConnectionSide.Incoming, new PeerReconnected());
        }

        var fresh = transition.Next.Incoming with { Failures = transition.Next.Outgoing.Failures };
        transition = transition with { Next = transition.Next.With(fresh) };
        return new(StepOne(transition, ConnectionSide.Incoming, new ConnectionUp()), null);
    }

    private static CeaseSubcode? FindRefusal(PeerSession peer)
    {
        // Differs from RFC 4271 §8.2.2: Idle refuses only when it is stopped, not during the pause after a failure. Two speakers that both
        // refuse during pauses that grow would miss each other for minutes after the cause is mended.
        if (!peer.Outgoing.IsStarted)
        {
            return CeaseSubcode.ConnectionRejected;
        }

        // RFC 4271 §6.8: an Established connection wins, unless graceful restart may say that the peer has left it (RFC 4724 §5).
        var keepsRoutes = peer.Current.Negotiated?.PeerGracefulRestart is { Families.Count: > 0 };
        return peer.State is BgpState.Established && !keepsRoutes ? CeaseSubcode.ConnectionCollisionResolution : null;
    }

    private static PeerTransition StepOne(PeerTransition sofar, ConnectionSide side, BgpEvent input)
    {
        var (next, actions) = BgpFsm.Step(sofar.Next[side], input);
        return new(sofar.Next.With(next), [.. sofar.Actions, .. actions.Select(action => new PeerAction(side, action))]);
    }

    private static PeerTransition StopOther(PeerTransition sofar, ConnectionSide side, BgpEvent input)
    {
        var other = Other(side);
        return sofar.Next[other].State is BgpState.Idle ? sofar : StepOne(sofar, other, input);
    }

    /// <summary>When a connection has got as far as OpenConfirm or Established, the other may have to go.</summary>
    private static PeerTransition ResolveCollision(PeerTransition sofar, PeerSession before, ConnectionSide side)
    {
        var session = sofar.Next[side];
        if (session.State == before[side].State || session.State < BgpState.OpenConfirm)
        {
            return sofar;
        }

        var other = sofar.Next[Other(side)];
        var loser = (session.State, other.State) switch
        {
            (BgpState.Established, _) => other is { Side: ConnectionSide.Incoming, State: BgpState.Idle } ? null : other.Side,
            (_, BgpState.Established) => HasRestarted(since: other, session) ? other.Side : side,
            (_, BgpState.OpenConfirm) => Other(CollisionResolution.Survivor(session.Options, session.PeerOpen!)),
            _ => default(ConnectionSide?),
        };
        return loser is { } ending
            ? StepOne(sofar, ending, sofar.Next[ending].State is BgpState.Established ? new PeerReconnected() : new CollisionLost())
            : sofar;
    }

    // Differs from RFC 4724 §5: a new connection alone does not end an Established one of ours, because two may have crossed on their way.
    private static bool HasRestarted(BgpSession since, BgpSession session) => SaysRestarted(session) && !SaysRestarted(since);

    private static bool SaysRestarted(BgpSession session) => session.Negotiated is { PeerGracefulRestart.IsRestarting: true };

    /// <summary>A session that has proved itself over the peer's connection clears the failures of ours too.</summary>
    private static PeerTransition ForgiveOutgoing(PeerTransition sofar) =>
        sofar.Next is { Incoming: { State: BgpState.Established, Failures: 0 }, Outgoing: { Failures: > 0 } outgoing }
            ? sofar with { Next = sofar.Next.With(outgoing with { Failures = 0 }) }
            : sofar;

    /// <summary>Our own connection rests while the peer's carries the session; when that ends, it has to come back.</summary>
    private static PeerTransition WakeOutgoing(PeerTransition sofar, PeerSession before, ConnectionSide side)
    {
        var hasEnded = side is ConnectionSide.Incoming && before.Incoming.State > BgpState.Idle && sofar.Next.Incoming.State is BgpState.Idle;
        var isFault = sofar.Next.Incoming.Failures > before.Incoming.Failures;
        return hasEnded && sofar.Next.Outgoing.State != BgpState.Established
            ? StepOne(sofar, ConnectionSide.Outgoing, new OtherConnectionEnded(isFault))
            : sofar;
    }

    private static ConnectionSide Other(ConnectionSide side) => side is ConnectionSide.Outgoing ? ConnectionSide.Incoming : ConnectionSide.Outgoing;
}
