using System.Collections.Immutable;
using Fairway.Bgp.Fsm;
using Fairway.Net.Options;

namespace Fairway.Bgp.Tests.Fsm;

/// <summary>A peer with its timers and connections as a caller would hold them; events that could not happen are not given.</summary>
internal sealed class TimerWorld(PeerSession start)
{
    private readonly HashSet<(ConnectionSide, BgpTimer)> _timers = [(ConnectionSide.Outgoing, BgpTimer.ConnectRetry)];
    private readonly HashSet<ConnectionSide> _connections = [ConnectionSide.Outgoing];

    public PeerSession Peer { get; private set; } = start;

    /// <summary>Something will happen by itself, or the session is up; and at most one connection is Established.</summary>
    public bool HasWayForward =>
        (_timers.Count > 0 || Peer.State is BgpState.Established)
        && !(Peer.Outgoing.State is BgpState.Established && Peer.Incoming.State is BgpState.Established)
        && _connections.Contains(ConnectionSide.Incoming) == Peer.Incoming.State > BgpState.Idle
        && _connections.Contains(ConnectionSide.Outgoing) == Peer.Outgoing.State is not (BgpState.Idle or BgpState.Active);

    public void Accept()
    {
        var decision = PeerFsm.Accept(Peer);
        Perform(decision.Transition.Next, decision.Transition.Actions);
        if (decision.Refusal is null)
        {
            _connections.Add(ConnectionSide.Incoming);
        }
    }

    /// <summary>Without an event one of the running timers expires.</summary>
    public void Step(ConnectionSide side, BgpEvent? input)
    {
        if (input is null or TimerExpired)
        {
            var running = _timers.Where(timer => timer.Item1 == side).ToList();
            if (running.Count == 0)
            {
                return;
            }

            _timers.Remove(running[0]);
            input = new TimerExpired(running[0].Item2);
        }
        else if (!_connections.Contains(side) || (Peer[side].State is BgpState.Connect && input is not (ConnectionUp or ConnectionFailed)))
        {
            return;
        }

        // An attempt that failed leaves nothing to close; neither does a connection whose loss was told.
        if (input is ConnectionFailed)
        {
            _connections.Remove(side);
        }

        var (next, actions) = PeerFsm.Step(Peer, side, input);
        Perform(next, actions);
    }

    private void Perform(PeerSession next, ImmutableArray<PeerAction> actions)
    {
        Peer = next;
        foreach (var (side, action) in actions)
        {
            _ = action switch
            {
                StartTimer start => _timers.Add((side, start.Timer)),
                StopTimer stop => _timers.Remove((side, stop.Timer)),
                OpenConnection => _connections.Add(side),
                CloseConnection => _connections.Remove(side),
                _ => true,
            };
        }
    }
}
