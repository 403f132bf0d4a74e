using Fairway.Intents.Model;
using Fairway.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Sources.Files.Tests;

/// <summary>A source that follows a scratch directory.</summary>
internal sealed class SourceFixture : IAsyncDisposable
{
    private readonly DirectoryInfo _scratch = System.IO.Directory.CreateTempSubdirectory("fairway-files-");
    private readonly CancellationTokenSource _stop = new();
    private FilesSource? _source;
    private Task _running = Task.CompletedTask;

    public SourceFixture()
    {
        Directory = Path.Combine(_scratch.FullName, "conf");
        System.IO.Directory.CreateDirectory(Directory);
    }

    public string Directory { get; }

    public TimeSpan Settle { get; set; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan EmptyGrace { get; set; } = TimeSpan.FromMilliseconds(300);

    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    public FilesSnapshot Snapshot => _source!.Snapshot;

    public FilesSource Source => _source!;

    /// <summary>A path beside the directory.</summary>
    public string Beside(string name) => Path.Combine(_scratch.FullName, name);

    public string At(string name) => Path.Combine(Directory, name);

    public void Write(string name, params string[] documents) => File.WriteAllText(At(name), string.Concat(documents));

    public void Start(FilesState? state = null)
    {
        _source = new FilesSource(
            new FilesSourceOptions { Path = Directory, Settle = Settle, EmptyGrace = EmptyGrace, PollInterval = PollInterval },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        if (state is not null)
        {
            _source.Restore(state);
        }

        _running = _source.RunAsync(_stop.Token);
    }

    public async Task StartReadyAsync(FilesState? state = null)
    {
        Start(state);
        await UntilAsync(snapshot => snapshot.Condition == FilesCondition.Ready, "the directory is read");
    }

    public Task UntilAsync(Func<FilesSnapshot, bool> condition, string what) => Eventually.HoldsAsync(() => condition(Snapshot), what);

    /// <summary>The ids of all wishes of one type in force.</summary>
    public string[] InForce(IntentType type) => Ids(Snapshot, type);

    public static string[] Ids(FilesSnapshot snapshot, IntentType type) =>
        [.. snapshot.Intents.Where(intent => intent.Key.Type == type).Select(intent => intent.Key.Id).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _source is null ? Task.FromCanceled(_stop.Token) : _running);
        _source?.Dispose();
        _stop.Dispose();
        _scratch.Delete(recursive: true);
    }
}
