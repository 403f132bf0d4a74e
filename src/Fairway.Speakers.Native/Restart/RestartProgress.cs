using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Restart;

/// <summary>
/// The restarting speaker of RFC 4724 §4.1: defers selection, resumes it family by family, and tells when re-learning is complete. Owned by the
/// RIB loop; its two timers only raise flags and wake the loop.
/// </summary>
internal sealed class RestartProgress : IDisposable
{
    private readonly SelectionDeferral _deferral;
    private readonly Action<string> _completed;
    private readonly HashSet<AddressFamily> _completing = [];
    private readonly List<ITimer> _timers = [];
    private volatile bool _deferralIsOver;
    private volatile bool _restartTimeIsOver;

    public RestartProgress(RestartContext context, Action<string> completed)
    {
        _deferral = new(context);
        _completed = completed;
    }

    /// <summary>Still waiting for something.</summary>
    public bool IsUnderWay => !_deferral.IsOver;

    /// <summary>A family's re-learning is complete and has not been told yet.</summary>
    public bool HasCompleted => _completing.Count > 0;

    public void Begin(BgpRib rib)
    {
        foreach (var family in _deferral.Deferred)
        {
            rib.DeferSelection(family);
        }
    }

    public void StartTimers(GracefulRestartOptions options, TimeProvider time, Action wake)
    {
        if (IsUnderWay)
        {
            _timers.Add(time.CreateTimer(_ => Raise(() => _deferralIsOver = true, wake), null, options.SelectionDeferral, Timeout.InfiniteTimeSpan));
            _timers.Add(time.CreateTimer(_ => Raise(() => _restartTimeIsOver = true, wake), null, options.RestartTime, Timeout.InfiniteTimeSpan));
        }
    }

    public void SessionUp(PeerKey peer, bool peerRestarts, IReadOnlyCollection<AddressFamily> restartFamilies) =>
        _deferral.SessionUp(peer, peerRestarts, restartFamilies);

    public void EndOfRib(PeerKey peer, AddressFamily family) => _deferral.EndOfRib(peer, family);

    public void Retain(IReadOnlySet<PeerKey> configured) => _deferral.Retain(configured);

    /// <summary>Lets families select that wait for nothing more.</summary>
    public void Advance(BgpRib rib)
    {
        foreach (var family in _deferral.TakeSelecting(_deferralIsOver))
        {
            rib.ResumeSelection(family);
        }

        if (_deferral.TakeComplete(_restartTimeIsOver) is { Count: > 0 } complete)
        {
            _completing.UnionWith(complete);
            _completed(string.Join(' ', complete));
        }
    }

    /// <summary>Families whose re-learning is complete, asked when all their changes have been drained.</summary>
    public IEnumerable<AddressFamily> TakeCompleted(BgpRib rib)
    {
        // A family that was not deferred is complete as soon as its first selection has run.
        var completed = rib.DrainCompletedFamilies().Where(family => !_deferral.Deferred.Contains(family)).ToList();
        if (!rib.HasWork && !rib.HasLearned)
        {
            completed.AddRange(_completing);
            _completing.Clear();
        }

        return completed;
    }

    public void Dispose() => _timers.ForEach(timer => timer.Dispose());

    private static void Raise(Action flag, Action wake)
    {
        flag();
        wake();
    }
}
