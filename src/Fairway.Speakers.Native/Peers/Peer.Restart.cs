using Fairway.Bgp.Wire;

namespace Fairway.Speakers.Native.Peers;

/// <summary>The helper's side of graceful restart (RFC 4724 §4.2): two waits, first for the peer to come back, then for its End-of-RIB.</summary>
internal sealed partial class Peer
{
    private ITimer? _restartTimer;
    private int _restartVersion;
    private bool _isPeerRestarting;

    /// <summary>The session ended in a way that keeps routes; a restart time of 0 keeps them for no time at all.</summary>
    private void AwaitReturn(GracefulRestartCapability restart)
    {
        _isPeerRestarting = true;
        _setup.Log.PeerRestarting(_options.Key, restart.RestartTime);
        StartRestartTimer(restart.RestartTime);
    }

    private void EndRestart()
    {
        _isPeerRestarting = false;
        StopRestartTimer();
    }

    // The RIBs have already dropped what the new OPEN does not keep; what is stale now goes with End-of-RIB, or when that takes too long.
    private void AwaitEndOfRib()
    {
        if (_isPeerRestarting)
        {
            EndRestart();
            StartRestartTimer(_setup.StaleTime);
        }
    }

    private void HandleRestartTimeOver(PeerInput.RestartTimeOver over)
    {
        if (over.Version != _restartVersion)
        {
            return;
        }

        if (_isPeerRestarting)
        {
            _setup.Log.PeerRestartOver(_options.Key);
        }

        EndRestart();
        _setup.Link.SweepStale(onlyWhileDown: _fsm.State is not Net.Options.BgpState.Established);
    }

    private void StartRestartTimer(TimeSpan time)
    {
        StopRestartTimer();
        var version = _restartVersion;
        _restartTimer = _setup.Time.CreateTimer(_ => Post(new PeerInput.RestartTimeOver(version)), null, time, Timeout.InfiniteTimeSpan);
    }

    private void StopRestartTimer()
    {
        _restartVersion++;
        _restartTimer?.Dispose();
        _restartTimer = null;
    }
}
