using System.Text.Json;
using Fairway.Intents.Model;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests;

/// <summary>What the source keeps over a restart (design D16).</summary>
public sealed class RestartTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SourceFixture _first = new();
    private readonly SourceFixture _second = new();

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task A_start_without_the_directory_goes_on_with_what_was_in_force()
    {
        var state = await RunOnceAsync(Instance, Peer("tor1"));
        Directory.Delete(_second.Directory);

        _second.Start(state);
        await _second.UntilAsync(snapshot => snapshot.Condition == FilesCondition.Missing, "the directory is missed");

        Assert.Equal(["tor1"], _second.InForce(IntentType.Peer));
        Assert.True(_second.Snapshot.IsComplete);
    }

    [Fact]
    public async Task A_document_that_is_invalid_at_the_start_has_its_last_good_version()
    {
        var state = await RunOnceAsync(Instance, Peer("tor1"));
        _second.Write("a.yaml", Instance, Peer("tor1", extra: "hold: 9s"));

        await _second.StartReadyAsync(state);

        Assert.Equal(["tor1"], _second.InForce(IntentType.Peer));
        Assert.Equal(("BgpPeer/tor1", "timers.hold"), (Assert.Single(_second.Snapshot.Outdated).Object.ToString(), _second.Snapshot.Outdated[0].Error.Suggestion));
    }

    [Fact]
    public async Task A_document_that_was_deleted_meanwhile_is_gone()
    {
        var state = await RunOnceAsync(Instance, Peer("tor1"));
        _second.Write("a.yaml", Instance);

        await _second.StartReadyAsync(state);

        Assert.Empty(_second.InForce(IntentType.Peer));
    }

    [Fact]
    public async Task Times_of_acceptance_and_passwords_are_kept()
    {
        var key = _first.Beside("tor1.key");
        File.WriteAllText(key, "sesame");
        var state = await RunOnceAsync(Peer("tor1", extra: $"passwordFrom: {{file: {key}}}"));
        File.Delete(key);

        _second.Write("a.yaml", Peer("tor1", extra: $"passwordFrom: {{file: {key}}}"));
        await _second.StartReadyAsync(state);

        var peer = Assert.Single(_second.Snapshot.Intents.OfType<PeerIntent>());
        Assert.Equal((_first.Snapshot.Intents[0].AcceptedAt, "sesame"), (peer.AcceptedAt, peer.Options.Password?.Reveal()));
    }

    [Fact]
    public async Task What_is_kept_is_worth_exactly_what_was_in_force()
    {
        var state = await RunOnceAsync(Instance, Peer("tor1"), Vips("198.51.100.1/32"));
        Directory.Delete(_second.Directory);

        _second.Start(state);

        Assert.Equal(_first.Snapshot.Intents.AsEnumerable(), _second.Snapshot.Intents);
    }

    /// <summary>Runs a source over these documents and returns its state, as it comes back from the disk.</summary>
    private async Task<FilesState> RunOnceAsync(params string[] documents)
    {
        _first.Write("a.yaml", documents);
        await _first.StartReadyAsync();
        return JsonSerializer.Deserialize<FilesState>(JsonSerializer.Serialize(_first.Snapshot.ToState()))!;
    }
}
