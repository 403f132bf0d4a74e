using System.Threading.Channels;
using Fairway.Dataplanes;
using Fairway.Speakers;

namespace Fairway.Routing;

/// <summary>
/// The one loop that calls the <see cref="RoutingHandler"/>: it waits for learned routes, signals of the dataplane, new wishes and times that
/// are due. It may be run again after it failed: nothing that was taken off the speaker is lost.
/// </summary>
public sealed class RoutingLoop(RoutingHandler handler, ISpeaker speaker, IDataplane dataplane, TimeProvider time)
{
    /// <summary>Dirty prefixes of one batch, at most.</summary>
    private const int BatchSize = 4096;

    private readonly Channel<RoutingWishes> _wishes =
        Channel.CreateBounded<RoutingWishes>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    private bool _isStarted;
    private bool _hasRun;
    private Task<LearnedBatch>? _learned;
    private Task<DataplaneSignal>? _signal;

    /// <summary>Sets what is wanted; the newest counts. From any thread.</summary>
    public void SetWishes(RoutingWishes wishes) => _wishes.Writer.TryWrite(wishes);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        if (_hasRun)
        {
            await handler.AuditAsync(cancellationToken); // what went on while the loop was down
        }

        _hasRun = true;
        while (true)
        {
            _learned ??= speaker.Learned.DrainAsync(BatchSize, cancellationToken).AsTask();
            _signal ??= dataplane.WaitForChangeAsync(cancellationToken).AsTask();
            await WaitAsync(_learned, _signal, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await StepAsync(cancellationToken);
        }
    }

    /// <summary>Reads the dataplane for the first time; a host that must know whether it can be read calls this before <see cref="RunAsync"/>.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (!_isStarted)
        {
            await handler.StartAsync(cancellationToken);
            _isStarted = true;
        }
    }

    private async ValueTask WaitAsync(Task learned, Task signal, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = handler.NextDue - time.GetUtcNow();
        var due = Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, stop.Token);
        await Task.WhenAny(learned, signal, due, _wishes.Reader.WaitToReadAsync(stop.Token).AsTask());
        await stop.CancelAsync();
    }

    private async ValueTask StepAsync(CancellationToken cancellationToken)
    {
        if (_wishes.Reader.TryRead(out var wishes))
        {
            await handler.ApplyWishesAsync(wishes, cancellationToken);
        }

        if (_signal is { IsCompleted: true } signal)
        {
            _signal = null;
            await handler.ApplySignalAsync(await signal, cancellationToken);
        }

        if (_learned is { IsCompleted: true } learned)
        {
            _learned = null;
            await handler.ApplyLearnedAsync(await learned, cancellationToken);
        }

        if (handler.NextDue <= time.GetUtcNow())
        {
            await handler.RunDueAsync(cancellationToken);
        }
    }
}
