using System.Collections.Immutable;
using Fairway.Dialects;
using Fairway.Intents.Model;
using Fairway.Sources.Files.Folding;
using Fairway.Sources.Files.Reading;
using Microsoft.Extensions.Logging;

namespace Fairway.Sources.Files;

/// <summary>
/// Wishes from a directory of documents (design D3). One loop reads it and publishes snapshots; anyone may read <see cref="Snapshot"/> and
/// wait for the next.
/// </summary>
public sealed class FilesSource : IDisposable
{
    private readonly FilesSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DirectoryWatch _watch;
    private readonly FileCache _cache = new(Owner.FilesFairway);
    private readonly SecretReader _secrets = new();
    private readonly Lock _lock = new();
    private FilesSnapshot _snapshot = FilesSnapshot.Starting;
    private TaskCompletionSource _changed = NewSignal();

    public FilesSource(FilesSourceOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _time) = (options, time);
        _logger = loggers.CreateLogger<FilesSource>();
        _watch = new DirectoryWatch(options.Path, _logger);
    }

    public FilesSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Waits until there is a snapshot newer than <paramref name="version"/> and returns it; versions in between are skipped.</summary>
    public async Task<FilesSnapshot> WaitForChangeAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_snapshot.Version > version)
                {
                    return _snapshot;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Puts in force what an earlier run held, until the directory is read. To be called before <see cref="RunAsync"/>.</summary>
    public void Restore(FilesState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var secret in state.Secrets.Where(secret => secret.Value.Length > 0))
        {
            _secrets.Restore(secret.Path, secret.Value);
        }

        var objects = state.Documents.Select(Restore).OfType<ObjectInForce>().DistinctBy(kept => kept.Id).ToImmutableDictionary(kept => kept.Id);
        Publish(new FoldResult(FilesInForce.Nothing with { Objects = objects }, FilesCondition.Restored, [], 0, null));
    }

    /// <summary>Follows the directory until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        DirectoryListing? applied = null;
        while (true)
        {
            var listing = DirectoryListing.Of(_options.Path);
            _watch.Follow(listing.Directory);
            var isQuiet = !_watch.TryTake() && listing == applied;
            (applied, var reading) = isQuiet ? (listing, _cache.Read(listing)) : await SettleAsync(listing, cancellationToken);
            var result = FilesFold.Fold(Snapshot.InForce, reading, _time.GetUtcNow(), _options.EmptyGrace);
            Publish(result);
            await _watch.WaitAsync(UntilNextLook(result.LookAgainAt), _time, cancellationToken);
        }
    }

    public void Dispose() => _watch.Dispose();

    /// <summary>
    /// Reads the directory once it was quiet for a while. Two equal listings are asked for besides, since a listing that is taken during a
    /// rename may miss the file, and a third one after reading, since a file may change under the reader.
    /// </summary>
    private async Task<(DirectoryListing Listing, DirectoryReading Reading)> SettleAsync(DirectoryListing listing, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (true)
        {
            await Task.Delay(_options.Settle, _time, cancellationToken);
            var next = DirectoryListing.Of(_options.Path);
            var isQuiet = !_watch.TryTake() && next == listing;
            var isOverdue = _time.GetElapsedTime(start) >= _options.SettleLimit;
            listing = next;
            if (isQuiet || isOverdue)
            {
                var reading = _cache.Read(listing);
                if (isOverdue || DirectoryListing.Of(_options.Path) == listing)
                {
                    return (listing, reading);
                }
            }
        }
    }

    private TimeSpan UntilNextLook(DateTimeOffset? lookAgainAt)
    {
        var wait = lookAgainAt - _time.GetUtcNow() ?? _options.PollInterval;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < _options.PollInterval ? wait : _options.PollInterval;
    }

    private void Publish(FoldResult result)
    {
        _secrets.Read(Passwords.PathsOf(result.InForce));
        var before = Snapshot;
        var next = before with
        {
            Condition = result.Condition,
            IsComplete = before.IsComplete || result.Condition is FilesCondition.Ready or FilesCondition.Restored,
            ReadAt = result.Condition is FilesCondition.Ready or FilesCondition.EmptyPending ? _time.GetUtcNow() : before.ReadAt,
            Intents = Passwords.Fill(result.InForce, _secrets.ValueOf),
            Problems = [.. result.Problems, .. SecretProblems(result.InForce)],
            Outdated = [.. result.InForce.Objects.Values.Select(kept => kept.Outdated).OfType<OutdatedObject>().OrderBy(outdated => outdated.Object)],
            Documents = result.Documents,
            InForce = result.InForce,
            Secrets = _secrets.Known.ToImmutableDictionary(StringComparer.Ordinal),
        };
        Publish(before, next);
    }

    private IEnumerable<SourceProblem> SecretProblems(FilesInForce inForce) => inForce.Objects
        .OrderBy(pair => pair.Key)
        .SelectMany(pair => pair.Value.Intents.OfType<PeerIntent>())
        .Select(_secrets.ProblemOf)
        .OfType<SourceProblem>();

    private void Publish(FilesSnapshot before, FilesSnapshot next)
    {
        if (next.SaysTheSameAs(before))
        {
            Volatile.Write(ref _snapshot, next);
            return;
        }

        Tell(before, next);
        lock (_lock)
        {
            Volatile.Write(ref _snapshot, next with { Version = before.Version + 1 });
            _changed.TrySetResult();
            _changed = NewSignal();
        }
    }

    private void Tell(FilesSnapshot before, FilesSnapshot next)
    {
        Log.Changed(_logger, _options.Path, next.State, next.Documents, next.Problems.Length, next.Outdated.Length);
        foreach (var problem in next.Problems.Except(before.Problems))
        {
            Log.Problem(_logger, problem);
        }
    }

    private ObjectInForce? Restore(SavedDocument saved)
    {
        var document = new DialectCompiler(Owner.FilesFairway).CompileDocument(saved.File, saved.Line, saved.Text);
        if (document is { IsValid: true })
        {
            return ObjectInForce.Of(document, saved.AcceptedAt);
        }

        Log.RestoreFailed(_logger, saved.File, saved.Line, document?.Problems.FirstOrDefault()?.Message ?? "it holds no object");
        return null;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
