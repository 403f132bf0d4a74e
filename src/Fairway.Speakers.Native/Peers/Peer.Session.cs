using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Sockets;
using Fairway.Bgp.Fsm;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native.Peers;

/// <summary>Events into the FSM and its actions out of it.</summary>
internal sealed partial class Peer
{
    private static readonly TimeSpan ShortestReturn = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<ConnectionSide, Connection> _connections = [];
    private readonly List<Task> _ending = [];
    private readonly Queue<(ConnectionSide Side, BgpEvent Event)> _consequences = new();
    private volatile Task _lastSessionTold = Task.CompletedTask;
    private Socket? _accepted;
    private long _lastAccepted;

    private void Step(ConnectionSide side, BgpEvent input)
    {
        Follow(PeerFsm.Step(_fsm, side, input));
        while (_consequences.TryDequeue(out var next))
        {
            Follow(PeerFsm.Step(_fsm, next.Side, next.Event));
        }
    }

    private void Follow(PeerTransition transition)
    {
        var before = _fsm.State;
        _fsm = transition.Next;
        NoteEnds(transition.Actions);
        foreach (var (side, action) in transition.Actions)
        {
            Perform(side, action);
        }

        ReportState(before);
    }

    // Closing a connection lets its reader tell the RIBs, and that has to know how the session ended.
    private void NoteEnds(ImmutableArray<PeerAction> actions)
    {
        foreach (var (side, action) in actions)
        {
            if (action is SessionDown down && _connections.TryGetValue(side, out var connection))
            {
                connection.End(down.End);
            }
        }
    }

    private void Perform(ConnectionSide side, BgpAction action)
    {
        switch (action)
        {
            case OpenConnection:
                Dial();
                break;
            case CloseConnection:
                Close(side);
                break;
            case Send send:
                Send(side, send.Message);
                break;
            case StartTimer start:
                _timers.Start(side, start.Timer, start.Duration);
                break;
            case StopTimer stop:
                _timers.Stop(side, stop.Timer);
                break;
            case SessionUp up:
                Establish(_connections[side], up.Session);
                break;
            case SessionDown down:
                TellDown(down.End);
                break;
            case ReportFailure failure:
                TellFailure(failure.End);
                break;
            default:
                // Deliver: routes of an Established session never pass through here, its reader hands them to the RIBs.
                throw new UnreachableException(action.ToString());
        }
    }

    private void HandleReceived(PeerInput.Received received)
    {
        if (_connections.GetValueOrDefault(received.Connection.Side) == received.Connection)
        {
            Step(received.Connection.Side, received.Event);
        }

        received.Handled.SetResult();
    }

    private void HandleTimer(PeerInput.Timer fired)
    {
        if (!_timers.IsCurrent(fired, out var duration))
        {
            return;
        }

        // The hold timer counts from the last octet that came, not from the last message that was decoded (the reader of a busy session does
        // not come by here), and never while octets wait for us.
        if (fired.Which is BgpTimer.Hold
            && _connections.TryGetValue(fired.Side, out var connection)
            && connection.Silence is var silence
            && silence < duration)
        {
            _timers.Start(fired.Side, BgpTimer.Hold, duration - silence);
            return;
        }

        _timers.Stop(fired.Side, fired.Which);
        Step(fired.Side, new TimerExpired(fired.Which));
    }

    private void HandleAccepted(Socket socket)
    {
        RefreshOptions();
        var decision = PeerFsm.Accept(_fsm);
        if (decision.Refusal is not null || ComesTooSoon() || !TryAdopt(socket))
        {
            Farewell.Send(socket, decision.Refusal ?? NotificationMessage.Cease(CeaseSubcode.ConnectionRejected));
            return;
        }

        _accepted = socket;
        Follow(decision.Transition);
        if (_accepted is not null)
        {
            throw new UnreachableException("an accepted connection was not answered with an OPEN");
        }
    }

    // A peer that fails and comes back at once is slowed down, so that its attempts cost us nothing.
    private bool ComesTooSoon()
    {
        var isTooSoon = _fsm.Outgoing.Failures > 1 && _setup.Time.GetElapsedTime(_lastAccepted) < ShortestReturn;
        _lastAccepted = isTooSoon ? _lastAccepted : _setup.Time.GetTimestamp();
        return isTooSoon;
    }

    private bool TryAdopt(Socket socket)
    {
        try
        {
            PeerSocket.Adopt(socket, _options);
            return true;
        }
        catch (SocketException refused)
        {
            _snapshot = _snapshot with { Failure = refused.Message };
            return false;
        }
    }

    private void Send(ConnectionSide side, BgpMessage message)
    {
        if (side is ConnectionSide.Incoming && _accepted is { } socket)
        {
            _accepted = null;
            _connections[side] = new Connection(side, socket, _context);
        }

        if (!_connections[side].TrySend(message))
        {
            _consequences.Enqueue((side, new ConnectionFailed("the peer takes no more messages")));
        }
    }

    private void Close(ConnectionSide side)
    {
        if (side is ConnectionSide.Outgoing)
        {
            StopDialling();
        }

        if (_connections.Remove(side, out var connection))
        {
            connection.Close();
            _ending.RemoveAll(task => task.IsCompletedSuccessfully);
            _ending.Add(connection.Completion);
        }
    }

    private void Establish(Connection connection, NegotiatedSession session)
    {
        var addresses = SessionAddresses.Of(connection.LocalAddress, _options);
        var ribSession = new RibSession
        {
            PeerAsn = session.PeerAsn,
            PeerRouterId = session.PeerId,
            Families = session.Families,
            FourOctetAsn = session.FourOctetAs,
            LocalIPv4 = addresses.IPv4,
            LocalIPv6 = addresses.IPv6,
            LocalLinkLocal = addresses.LinkLocal,
            Interface = addresses.Interface,
        };
        connection.RequireFirstAsn(FirstAsnOf(session));
        connection.Establish(session, ribSession, _lastSessionTold);
        _lastSessionTold = connection.RibsTold;
        TellUp(connection, session);
    }
}
