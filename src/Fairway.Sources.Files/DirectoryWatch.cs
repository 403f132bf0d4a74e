using System.Threading.Channels;
using Fairway.Sources.Files.Reading;
using Microsoft.Extensions.Logging;

namespace Fairway.Sources.Files;

/// <summary>
/// Says that something happened in a directory. A notification carries nothing: it means "look again". Where the kernel gives none (no
/// directory, too many watches), looking from time to time has to do.
/// </summary>
internal sealed class DirectoryWatch(string path, ILogger logger) : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private FileSystemWatcher? _watcher;
    private FileId? _watched;
    private volatile bool _hasFailed;

    /// <summary>Watches the directory that is at the path now: a watch stays with its directory when that is moved away.</summary>
    public void Follow(FileId? directory)
    {
        if (directory == _watched && !_hasFailed)
        {
            return;
        }

        Stop();
        _watched = directory;
        if (directory is not null)
        {
            Start();
        }
    }

    /// <summary>Takes back what was signalled so far; true when something was.</summary>
    public bool TryTake() => _signal.Reader.TryRead(out _);

    /// <summary>Waits for a signal, for <paramref name="timeout"/> at most.</summary>
    public async Task WaitAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _signal.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    public void Dispose() => Stop();

    private void Start()
    {
        try
        {
            // No filter on names: a ConfigMap is renewed by renaming "..data", which is no document itself.
            _watcher = new FileSystemWatcher(path)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Attributes,
            };
            _watcher.Created += (_, _) => Raise();
            _watcher.Changed += (_, _) => Raise();
            _watcher.Deleted += (_, _) => Raise();
            _watcher.Renamed += (_, _) => Raise();
            _watcher.Error += (_, _) => Fail();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.WatchFailed(logger, path, exception.Message);
            Stop();
        }
    }

    private void Stop()
    {
        _watcher?.Dispose();
        _watcher = null;
        _hasFailed = false;
    }

    /// <summary>On a thread of the watcher: the loop starts a new one.</summary>
    private void Fail()
    {
        _hasFailed = true;
        Raise();
    }

    private void Raise() => _signal.Writer.TryWrite(true);
}
