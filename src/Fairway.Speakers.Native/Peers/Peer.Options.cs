using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Speakers.Native.Peers;

/// <summary>Following the options, and staying down where they say so.</summary>
internal sealed partial class Peer
{
    private bool _hasBeenUp;

    /// <summary>Why the peer is kept down, or null.</summary>
    private string? HeldBecause => _options switch
    {
        { Shutdown: { Message.Length: > 0 } shutdown } => $"Shutdown: {shutdown.Message}",
        { Shutdown: not null } => "Shutdown: by the operator",
        { Password: { IsMissing: true } password } => $"SecretMissing: {password.Problem}",
        _ => null,
    };

    private NotificationMessage HeldNotification => _options.Shutdown is { } shutdown
        ? NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, shutdown.Message)
        : NotificationMessage.Cease(CeaseSubcode.OtherConfigurationChange);

    private void HandleConfigure(PeerInput.Configure configure)
    {
        var enforcedFirstAsn = _options.EnforceFirstAsn;
        _options = configure.Options;
        _instance = configure.Instance;
        RefreshOptions();
        if (HeldBecause is null && _fsm.Outgoing.IsStarted)
        {
            Follow(configure.Reset);
            if (enforcedFirstAsn != _options.EnforceFirstAsn)
            {
                FollowFirstAsn();
            }

            return;
        }

        BeginOrHold();
    }

    private void Follow(bool reset)
    {
        if (reset)
        {
            // New options deserve a new start: no pause, and no failures that the old ones had.
            Step(ConnectionSide.Outgoing, new ManualStop(NotificationMessage.Cease(CeaseSubcode.OtherConfigurationChange)));
            Step(ConnectionSide.Outgoing, new ManualStart());
            return;
        }

        // What somebody changed on a socket behind our back becomes right again.
        foreach (var connection in _connections.Values)
        {
            TryAdopt(connection.Socket);
        }
    }

    /// <summary>What the old rule refused was never kept, so the peer sends everything again; one that cannot (RFC 2918) is reset.</summary>
    private void FollowFirstAsn()
    {
        if (_session is not { } session)
        {
            return;
        }

        if (!session.RouteRefresh)
        {
            Follow(reset: true);
            return;
        }

        var side = _fsm.Current.Side;
        _connections[side].RequireFirstAsn(FirstAsnOf(session));
        foreach (var family in session.Families)
        {
            Send(side, new RouteRefreshMessage(family));
        }
    }

    private Asn? FirstAsnOf(NegotiatedSession session) => _options.EnforceFirstAsn && !session.IsInternal ? session.PeerAsn : null;

    private void BeginOrHold()
    {
        if (HeldBecause is not { } reason)
        {
            _snapshot = _snapshot with { Failure = null };
            Step(ConnectionSide.Outgoing, new ManualStart());
            return;
        }

        _setup.Log.PeerHeld(_options.Key, reason);
        if (_fsm.Outgoing.IsStarted)
        {
            Step(ConnectionSide.Outgoing, new ManualStop(HeldNotification));
        }

        _snapshot = _snapshot with { Failure = reason };
    }

    /// <summary>The next OPEN says what holds now; a session that is up keeps what it was opened with.</summary>
    private void RefreshOptions()
    {
        var options = SessionOptionsNow();
        if (options != _fsm.Outgoing.Options)
        {
            _fsm = _fsm with { Outgoing = _fsm.Outgoing with { Options = options }, Incoming = _fsm.Incoming with { Options = options } };
        }
    }

    private SessionOptions SessionOptionsNow() => SessionOptionsFactory.Of(_options, _instance, IsStillOurRestart ? _setup.Restart : null);

    // The R bit and the F bits of a restart concern the first session after it, while the peer may still keep our routes (RFC 4724 §3).
    private bool IsStillOurRestart => !_hasBeenUp && _setup.Time.GetElapsedTime(_setup.StartedAt) <= _instance.GracefulRestart.RestartTime;
}
