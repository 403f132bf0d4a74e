using Fairway.Intents.Model;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests;

/// <summary>What changes together is applied together.</summary>
public sealed class SettleTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SourceFixture _files = new();

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Many_files_that_are_written_at_once_are_one_change()
    {
        _files.Write("a.yaml", Instance);
        _files.Settle = TimeSpan.FromMilliseconds(200);
        await _files.StartReadyAsync();
        var before = _files.Snapshot.Version;

        for (var i = 1; i <= 20; i++)
        {
            _files.Write($"peer{i}.yaml", Peer($"tor{i}", $"192.0.2.{i}"));
        }

        var after = await _files.Source.WaitForChangeAsync(before, CancellationToken.None);
        Assert.Equal(20, after.Intents.Count(intent => intent is PeerIntent));
        Assert.Equal(before + 1, after.Version);
    }

    [Fact]
    public async Task A_directory_that_never_rests_is_applied_all_the_same()
    {
        _files.Write("a.yaml", Instance);
        _files.Settle = TimeSpan.FromMilliseconds(200);
        await _files.StartReadyAsync();
        using var stop = new CancellationTokenSource();
        _files.Write("peer.yaml", Peer("tor1"));
        var noise = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                _files.Write("noise.yaml", $"# {i}\n");
                await Task.Delay(20);
            }
        });

        await _files.UntilAsync(_ => _files.InForce(IntentType.Peer) is ["tor1"], "the peer counts");

        await stop.CancelAsync();
        await noise;
    }
}
