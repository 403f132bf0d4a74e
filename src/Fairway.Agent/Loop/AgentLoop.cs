using Fairway.Agent.State;
using Fairway.Intents.Model;
using Fairway.Sources.Files;

namespace Fairway.Agent.Loop;

/// <summary>
/// The one loop that owns the agent's mutable state: watchers raise signals, it takes the newest state and calls the handlers, and publishes
/// what the rest may read.
/// </summary>
internal sealed class AgentLoop(AgentSignals signals, FilesSource files, BgpHandler bgp, PeerHandler peers, StateKeeper state, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private long _lastPass = time.GetTimestamp();
    private FilesSnapshot? _taken;
    private volatile bool _hasTaken;

    /// <summary>Raised on the loop when a pass has ended and everything it owns can be read.</summary>
    public event Action? PassEnded;

    /// <summary>Documents were taken and carried out as far as possible.</summary>
    public bool HasTaken
    {
        get => _hasTaken;
        private set => _hasTaken = value;
    }

    /// <summary>Since when the loop has not come round; /healthz looks at it.</summary>
    public TimeSpan SinceLastPass => time.GetElapsedTime(Interlocked.Read(ref _lastPass));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var due = time.CreateTimer(_ => signals.Raise(AgentSignal.Due), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        signals.Raise(AgentSignal.Documents);
        while (true)
        {
            var raised = await signals.TakeAsync(cancellationToken);
            await HandleAsync(raised, cancellationToken);
            PassEnded?.Invoke();
            HasTaken = _taken is not null;
            Interlocked.Exchange(ref _lastPass, time.GetTimestamp());
            due.Change(UntilDue(), Timeout.InfiniteTimeSpan);
        }
    }

    private async ValueTask HandleAsync(AgentSignal raised, CancellationToken cancellationToken)
    {
        if (raised.HasFlag(AgentSignal.Documents))
        {
            TakeDocuments();
        }

        // Before the first complete snapshot nothing is known to be wanted, which is not the same as nothing being wanted.
        if (_taken is not null && (raised & (AgentSignal.Documents | AgentSignal.Learned)) != 0)
        {
            await bgp.ReconcileAsync(cancellationToken);
        }

        if (_taken is not null && raised.HasFlag(AgentSignal.Due))
        {
            await bgp.Reconciler.RunDueAsync(cancellationToken);
        }

        if ((raised & (AgentSignal.Peers | AgentSignal.Due)) != 0)
        {
            await peers.LookAsync(cancellationToken);
        }

        state.SaveIfDue(peers.Up, files.Snapshot);
    }

    private void TakeDocuments()
    {
        var snapshot = files.Snapshot;

        // What an earlier run left stands in only once the directory was looked at in vain: the look follows at once.
        if (!snapshot.IsComplete || snapshot.Condition is FilesCondition.Restored || ReferenceEquals(snapshot, _taken))
        {
            return;
        }

        _taken = snapshot;
        bgp.Replace(Owner.FilesFairway, snapshot.Intents);
    }

    private TimeSpan UntilDue()
    {
        var next = new[] { bgp.Reconciler.NextDue - time.GetUtcNow(), state.UntilDue }.Min();
        return next > ShortestPause ? next : ShortestPause;
    }
}
