using Fairway.Bgp.Fsm;

namespace Fairway.Speakers.Native.Peers;

/// <summary>
/// The timers of a peer's two connections. A timer that fires comes back as input with its version; one that was stopped or started again
/// meanwhile is then told by its old version. Owned by the peer's loop.
/// </summary>
internal sealed class PeerTimers(TimeProvider time, Random random, Action<PeerInput> post) : IDisposable
{
    private readonly Dictionary<(ConnectionSide Side, BgpTimer Which), Running> _running = [];
    private int _version;

    /// <summary>Starts or restarts a timer. All but the hold timer are shortened by up to a quarter (RFC 4271 §10).</summary>
    public void Start(ConnectionSide side, BgpTimer which, TimeSpan duration)
    {
        Stop(side, which);
        var version = ++_version;
        var due = which is BgpTimer.Hold ? duration : duration * (0.75 + (0.25 * random.NextDouble()));
        var timer = time.CreateTimer(_ => post(new PeerInput.Timer(side, which, version)), null, due, Timeout.InfiniteTimeSpan);
        _running[(side, which)] = new(timer, version, duration);
    }

    public void Stop(ConnectionSide side, BgpTimer which)
    {
        if (_running.Remove((side, which), out var running))
        {
            running.Timer.Dispose();
        }
    }

    /// <summary>True when this is the timer that runs, with the duration it was started with.</summary>
    public bool IsCurrent(PeerInput.Timer fired, out TimeSpan duration)
    {
        var isCurrent = _running.TryGetValue((fired.Side, fired.Which), out var running) && running.Version == fired.Version;
        duration = running.Duration;
        return isCurrent;
    }

    public void Dispose()
    {
        foreach (var running in _running.Values)
        {
            running.Timer.Dispose();
        }

        _running.Clear();
    }

    private readonly record struct Running(ITimer Timer, int Version, TimeSpan Duration);
}
