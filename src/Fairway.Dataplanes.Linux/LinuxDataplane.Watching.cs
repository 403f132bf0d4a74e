using Fairway.Dataplanes.Linux.Watching;

namespace Fairway.Dataplanes.Linux;

public sealed partial class LinuxDataplane
{
    // A view costs a reading of all tables: at most this often, and never more than a tenth of the time on behalf of foreign routes.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private const int PauseFactor = 10;

    private long? _viewedAt;
    private TimeSpan _viewCost;

    public async ValueTask<DataplaneSignal> WaitForChangeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _events.TakeWaiting();
            if (_events.Noticed.HasFlag(Noticed.OwnRoutes))
            {
                _events.Clear(Noticed.OwnRoutes);
                return DataplaneSignal.Routes;
            }

            if (_events.Noticed is Noticed.None)
                await _events.TakeNextAsync(cancellationToken).ConfigureAwait(false);
            else if (PauseLeft(_events.Noticed) is { Ticks: > 0 } pause)
                await TakeNextWithinAsync(pause, cancellationToken).ConfigureAwait(false);
            else
                return await LookAsync(_events.Noticed, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan PauseLeft(Noticed noticed)
    {
        if (_viewedAt is not { } viewed)
            return TimeSpan.Zero;

        var pause = noticed is Noticed.ForeignRoutes && _viewCost * PauseFactor > ShortestPause ? _viewCost * PauseFactor : ShortestPause;
        return pause - _time.GetElapsedTime(viewed);
    }

    private async ValueTask<DataplaneSignal> LookAsync(Noticed noticed, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await RefreshViewAsync(cancellationToken).ConfigureAwait(false);
        _viewedAt = _time.GetTimestamp();
        _viewCost = _time.GetElapsedTime(started, _viewedAt.Value);
        _events.Clear(noticed);
        if (noticed.HasFlag(Noticed.Lost))
        {
            Log.MessagesLost(_logger);
            _events.Reset(View.Links);
        }

        return (noticed & (Noticed.LinksLost | Noticed.Lost)) is Noticed.None ? DataplaneSignal.View : DataplaneSignal.View | DataplaneSignal.Routes;
    }

    // Not longer than the pause, but awake for what is more urgent.
    private async ValueTask TakeNextWithinAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(pause, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _events.TakeNextAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The pause is over.
        }
    }
}
