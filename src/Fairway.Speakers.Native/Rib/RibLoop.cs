using System.Threading.Channels;
using Fairway.Bgp.Rib;
using Fairway.Speakers.Native.Restart;

namespace Fairway.Speakers.Native.Rib;

/// <summary>
/// The one task that touches the RIBs (design D9). Two bounded queues lead to it: control (plans, reads, pulls of the writers) and bulk (what
/// peers send, and their coming and going, in the order of each session). A turn serves all control work, one bulk batch and a piece of
/// deciding, so that neither starves the others. A full bulk queue holds back the readers, and TCP holds back the peers.
/// </summary>
internal sealed class RibLoop : IAsyncDisposable
{
    private const int ControlCapacity = 1024;
    private const int BulkCapacity = 32;
    private const int ControlPerTurn = 64;
    private const int WorkPerTurn = 2048;
    private readonly Channel<Action<BgpRib>> _control = QueueOf(ControlCapacity);
    private readonly Channel<Action<BgpRib>> _bulk = QueueOf(BulkCapacity);
    private readonly BgpRib _rib;
    private readonly Action _learnedWaits;
    private readonly CancellationTokenSource _stop = new();
    private bool _isFrozen;
    private Task _controlWait = Task.CompletedTask;
    private Task _bulkWait = Task.CompletedTask;

    /// <param name="rib">The tables, owned by this loop from now on.</param>
    /// <param name="restart">Our own restart, owned by this loop as well.</param>
    /// <param name="learnedWaits">Called by the loop when the reader of learned routes has something to take.</param>
    public RibLoop(BgpRib rib, RestartProgress restart, Action learnedWaits)
    {
        _rib = rib;
        _learnedWaits = learnedWaits;
        Restart = restart;
        restart.Begin(rib);
        Completion = Task.Run(RunAsync);
    }

    /// <summary>Our own graceful restart; for actions of this loop.</summary>
    public RestartProgress Restart { get; }

    /// <summary>Writers of sessions that are up; for actions of this loop.</summary>
    public List<Exporter> Exporters { get; } = [];

    /// <summary>Ends with the loop; faulted when a defect of ours ended it.</summary>
    public Task Completion { get; }

    /// <summary>Does something between two bulk batches.</summary>
    public async ValueTask<T> AskAsync<T>(Func<BgpRib, T> question, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _control.Writer.WriteAsync(rib => Answer(answer, question, rib), cancellationToken).ConfigureAwait(false);
        await Task.WhenAny(answer.Task, Completion).WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer.Task.IsCompleted ? await answer.Task.ConfigureAwait(false) : throw new ChannelClosedException("the RIB loop has ended");
    }

    public async ValueTask DoAsync(Action<BgpRib> action, CancellationToken cancellationToken) => await AskAsync(
        rib =>
        {
            action(rib);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// From here on nothing more is written to peers, and the reader of learned routes hears of nothing more: what falls with our sessions is
    /// no news.
    /// </summary>
    public ValueTask FreezeAsync(CancellationToken cancellationToken) => DoAsync(_ => _isFrozen = true, cancellationToken);

    /// <summary>True once frozen; for actions of this loop.</summary>
    public bool IsFrozen => _isFrozen;

    /// <summary>Hands over something that keeps the order of a session; waits while the queue is full.</summary>
    public ValueTask PostBulkAsync(Action<BgpRib> action, CancellationToken cancellationToken) => _bulk.Writer.WriteAsync(action, cancellationToken);

    /// <summary>Like <see cref="DoAsync"/>, but nobody waits: for timers, of which there are few.</summary>
    public void Post(Action<BgpRib> action)
    {
        if (!_control.Writer.TryWrite(action))
        {
            _ = PostLaterAsync(action);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Restart.Dispose();
        _stop.Dispose();
    }

    private static Channel<Action<BgpRib>> QueueOf(int capacity) =>
        Channel.CreateBounded<Action<BgpRib>>(new BoundedChannelOptions(capacity) { SingleReader = true });

    private async Task RunAsync()
    {
        try
        {
            while (await WaitForWorkAsync().ConfigureAwait(false))
            {
                Turn();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Close(null);
        }
        catch (Exception defect)
        {
            Close(defect);
            throw;
        }
    }

    private async ValueTask<bool> WaitForWorkAsync()
    {
        _stop.Token.ThrowIfCancellationRequested();
        if (_rib.HasWork && !_isFrozen)
        {
            return true;
        }

        // A wait that is still open is used again: a queue that stays empty collects no waiters.
        _controlWait = _controlWait.IsCompleted ? _control.Reader.WaitToReadAsync(_stop.Token).AsTask() : _controlWait;
        _bulkWait = _bulkWait.IsCompleted ? _bulk.Reader.WaitToReadAsync(_stop.Token).AsTask() : _bulkWait;
        await Task.WhenAny(_controlWait, _bulkWait).ConfigureAwait(false);
        return true;
    }

    private void Turn()
    {
        for (var i = 0; i < ControlPerTurn && _control.Reader.TryRead(out var command); i++)
        {
            command(_rib);
        }

        if (_bulk.Reader.TryRead(out var batch))
        {
            batch(_rib);
        }

        if (!_isFrozen)
        {
            Restart.Advance(_rib);
            _rib.Process(WorkPerTurn);
            Wake();
        }
    }

    private void Wake()
    {
        foreach (var exporter in Exporters)
        {
            if (!exporter.IsPending && _rib.HasUpdates(exporter.Peer))
            {
                exporter.SetPending(true);
            }
        }

        if (_rib.HasLearned || Restart.HasCompleted)
        {
            _learnedWaits();
        }
    }

    private async Task PostLaterAsync(Action<BgpRib> action)
    {
        try
        {
            await _control.Writer.WriteAsync(action, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException)
        {
            // The tables are gone, and with them what was to be done.
        }
    }

    private static void Answer<T>(TaskCompletionSource<T> answer, Func<BgpRib, T> question, BgpRib rib)
    {
        try
        {
            answer.SetResult(question(rib));
        }
        catch (Exception defect)
        {
            answer.SetException(new ChannelClosedException("the RIB loop has ended by a defect", defect));
            throw;
        }
    }

    // Whoever waits for an answer that will not come is told so.
    private void Close(Exception? defect)
    {
        _control.Writer.Complete(defect);
        _bulk.Writer.Complete(defect);
    }
}
