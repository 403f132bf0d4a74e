using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Peers;

/// <summary>Telling the rest of the world.</summary>
internal sealed partial class Peer
{
    private NegotiatedSession? _session;

    private void TellUp(Connection connection, NegotiatedSession session)
    {
        _hasBeenUp = true;
        _session = session;
        AwaitEndOfRib();
        _snapshot = _snapshot with
        {
            EstablishedAt = _setup.Time.GetUtcNow(),
            LocalAddress = connection.LocalAddress,
            Failure = null,
            Socket = connection.Socket,
        };
        _setup.Log.PeerUp(_options.Key, session.PeerAsn, string.Join(' ', session.Families), session.HoldTime);
        Tell(SpeakerEventType.PeerUp, $"AS {session.PeerAsn}, {string.Join(' ', session.Families)}");
    }

    private void TellDown(SessionEnd end)
    {
        var reason = SessionEndText.Of(end);
        var restart = end.AllowsGracefulRestart ? _session?.PeerGracefulRestart : null;
        _session = null;
        if (end is { Reason: SessionEndReason.NotificationReceived, Notification: { } last } && last == NotificationMessage.Cease(CeaseSubcode.ConnectionCollisionResolution))
        {
            _hasBeenUp = false; // a connection that lost to another was not our first session
        }

        _snapshot = _snapshot with { EstablishedAt = null, LocalAddress = null, Socket = null, LastEnd = reason };
        _setup.Log.PeerDown(_options.Key, reason);
        Tell(SpeakerEventType.PeerDown, reason);
        if (restart is { Families.IsEmpty: false })
        {
            AwaitReturn(restart);
        }
        else
        {
            EndRestart();
        }
    }

    private void TellFailure(SessionEnd end)
    {
        var reason = SessionEndText.Of(end);
        _snapshot = _snapshot with { Failure = reason };
        _setup.Log.PeerFailed(_options.Key, reason);
    }

    private void ReportState(BgpState before)
    {
        if (_fsm.State != before)
        {
            _setup.Log.PeerState(_options.Key, before, _fsm.State);
            Tell(SpeakerEventType.PeerStateChanged, $"{before} to {_fsm.State}");
        }
    }

    private void Tell(SpeakerEventType type, string detail) => _setup.Publish(new SpeakerEvent(type, _setup.Time.GetUtcNow(), _options.Key, detail));

    private void Publish() => _snapshot = _snapshot with
    {
        Options = _options,
        State = _fsm.State,
        Session = _session,
        IsPeerRestarting = _isPeerRestarting,
    };

    // Called by the readers.
    private void ReportProblems(UpdateMessage update)
    {
        if (_badUpdates.TryPass(out var heldBack))
        {
            _setup.Log.BadUpdate(_setup.Options.Key, update.Problems[0].Reason, update.Treatment.ToString(), heldBack);
        }
    }
}
