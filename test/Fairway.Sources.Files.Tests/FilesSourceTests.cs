using System.Diagnostics;
using Fairway.Intents.Model;
using Fairway.Net.Options;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests;

/// <summary>The source against a real directory.</summary>
public sealed class FilesSourceTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly SourceFixture _files = new();

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Documents_of_all_files_become_wishes()
    {
        _files.Write("bgp.yaml", Instance, Peer("tor1"));
        _files.Write("vips.yml", Vips("198.51.100.1/32", "198.51.100.2/32"));
        _files.Write("peer.json", """{"apiVersion": "fairway.dev/v1alpha1", "kind": "BgpPeer", "metadata": {"name": "tor2"}, "spec": {"address": "192.0.2.2", "asn": 64511}}""");
        _files.Write(".hidden.yaml", Peer("hidden", "192.0.2.3"));
        _files.Write("notes.txt", "not a document");
        Directory.CreateDirectory(_files.At("deeper.yaml"));

        await _files.StartReadyAsync();

        Assert.Equal(["tor1", "tor2"], _files.InForce(IntentType.Peer));
        Assert.Equal(["vips/198.51.100.1/32", "vips/198.51.100.2/32"], _files.InForce(IntentType.Advertisement));
        Assert.Equal((4, true, "ready"), (_files.Snapshot.Documents, _files.Snapshot.IsComplete, _files.Snapshot.State));
        Assert.Empty(_files.Snapshot.Problems);
    }

    [Fact]
    public async Task A_changed_file_is_noticed_and_other_wishes_stay_the_same_objects()
    {
        _files.Write("a.yaml", Peer("tor1"));
        _files.Write("b.yaml", Peer("tor2", "192.0.2.2"));
        await _files.StartReadyAsync();
        var before = _files.Snapshot;

        _files.Write("b.yaml", Peer("tor2", "192.0.2.22"));
        var after = await _files.Source.WaitForChangeAsync(before.Version, CancellationToken.None);

        Assert.Same(before.Intents[0], after.Intents[0]);
        Assert.Equal("192.0.2.22", ((PeerIntent)after.Intents[1]).Options.Key.ToString());
    }

    [Fact]
    public async Task An_edit_keeps_the_time_of_acceptance()
    {
        _files.Write("a.yaml", Peer("tor1"));
        await _files.StartReadyAsync();
        var accepted = _files.Snapshot.Intents[0].AcceptedAt;

        _files.Write("a.yaml", Peer("tor1", "192.0.2.9"));
        await _files.UntilAsync(snapshot => ((PeerIntent)snapshot.Intents[0]).Options.Key.ToString() == "192.0.2.9", "the edit counts");

        Assert.Equal(accepted, _files.Snapshot.Intents[0].AcceptedAt);
    }

    [Fact]
    public async Task A_deleted_file_takes_its_wishes_with_it()
    {
        _files.Write("a.yaml", Peer("tor1"));
        _files.Write("b.yaml", Peer("tor2", "192.0.2.2"));
        await _files.StartReadyAsync();

        File.Delete(_files.At("a.yaml"));

        await _files.UntilAsync(_ => _files.InForce(IntentType.Peer) is ["tor2"], "tor1 is gone");
    }

    [Fact]
    public async Task A_half_written_file_keeps_all_its_documents()
    {
        _files.Write("a.yaml", Peer("tor1"), Peer("tor2", "192.0.2.2"));
        await _files.StartReadyAsync();
        var before = _files.Snapshot.Intents;

        _files.Write("a.yaml", Peer("tor1", "192.0.2.77"), "---\napiVersion: \"fair");
        await _files.UntilAsync(snapshot => snapshot.Outdated.Length == 2, "both objects are outdated");

        Assert.Equal(before.AsEnumerable(), _files.Snapshot.Intents);
        Assert.Equal((ProblemReason.NotYaml, _files.At("a.yaml")), (Assert.Single(_files.Snapshot.Problems).Reason, _files.Snapshot.Problems[0].File));
    }

    [Fact]
    public async Task A_directory_that_is_moved_away_keeps_everything_and_is_taken_up_again_when_it_returns()
    {
        _files.Write("a.yaml", Peer("tor1"));
        await _files.StartReadyAsync();
        var before = _files.Snapshot.Intents;

        Directory.Move(_files.Directory, _files.Beside("elsewhere"));
        await _files.UntilAsync(snapshot => snapshot.Condition == FilesCondition.Missing, "the directory is missed");
        Assert.Equal(before.AsEnumerable(), _files.Snapshot.Intents);
        Assert.True(_files.Snapshot.IsComplete);

        Directory.CreateDirectory(_files.Directory);
        _files.Write("a.yaml", Peer("tor1"), Peer("tor2", "192.0.2.2"));
        await _files.UntilAsync(_ => _files.InForce(IntentType.Peer) is ["tor1", "tor2"], "the new directory counts");
    }

    [Fact]
    public async Task A_deleted_directory_keeps_everything()
    {
        _files.Write("a.yaml", Peer("tor1"));
        await _files.StartReadyAsync();

        Directory.Delete(_files.Directory, recursive: true);
        await _files.UntilAsync(snapshot => snapshot.Condition == FilesCondition.Missing, "the directory is missed");

        Assert.Equal(["tor1"], _files.InForce(IntentType.Peer));
    }

    [Fact]
    public async Task A_directory_that_is_really_emptied_wants_nothing_after_its_grace()
    {
        _files.Write("a.yaml", Peer("tor1"));
        await _files.StartReadyAsync();
        var seen = new List<FilesSnapshot>();

        File.Delete(_files.At("a.yaml"));
        for (var version = _files.Snapshot.Version; _files.Snapshot.Intents.Length > 0 || seen.Count == 0; version = seen[^1].Version)
        {
            seen.Add(await _files.Source.WaitForChangeAsync(version, CancellationToken.None));
        }

        Assert.Equal([(FilesCondition.EmptyPending, 1), (FilesCondition.Ready, 0)], seen.Select(snapshot => (snapshot.Condition, snapshot.Intents.Length)));
    }

    [Fact]
    public async Task A_ConfigMap_is_renewed_by_swapping_one_link()
    {
        Directory.CreateDirectory(_files.At("..v1"));
        Directory.CreateDirectory(_files.At("..v2"));
        File.WriteAllText(_files.At("..v1/a.yaml"), Peer("tor1"));
        File.WriteAllText(_files.At("..v2/a.yaml"), Peer("tor2"));
        File.CreateSymbolicLink(_files.At("..data"), "..v1");
        File.CreateSymbolicLink(_files.At("a.yaml"), "..data/a.yaml");
        await _files.StartReadyAsync();
        Assert.Equal(["tor1"], _files.InForce(IntentType.Peer));

        File.CreateSymbolicLink(_files.At("..data_tmp"), "..v2");
        using (var rename = Process.Start("mv", ["-T", _files.At("..data_tmp"), _files.At("..data")]))
        {
            await rename.WaitForExitAsync();
        }

        await _files.UntilAsync(_ => _files.InForce(IntentType.Peer) is ["tor2"], "the new version counts");
    }

    [Fact]
    public async Task A_file_that_is_renamed_back_and_forth_never_loses_its_objects_for_a_moment()
    {
        _files.Write("a.yaml", Peer("tor1"));
        _files.Write("other.yaml", Instance);
        await _files.StartReadyAsync();

        for (var round = 0; round < 30; round++)
        {
            var version = _files.Snapshot.Version;
            File.Move(_files.At(round % 2 == 0 ? "a.yaml" : "b.yaml"), _files.At(round % 2 == 0 ? "b.yaml" : "a.yaml"));
            var snapshot = await _files.Source.WaitForChangeAsync(version, CancellationToken.None);
            Assert.Equal(["tor1"], SourceFixture.Ids(snapshot, IntentType.Peer));
        }
    }

    [Fact]
    public async Task Changes_are_found_without_any_notification()
    {
        _files.PollInterval = TimeSpan.FromMilliseconds(50);
        Directory.CreateDirectory(_files.Beside("target"));
        File.WriteAllText(_files.Beside("target/a.yaml"), Peer("tor1"));
        File.CreateSymbolicLink(_files.At("a.yaml"), "../target/a.yaml");
        await _files.StartReadyAsync();

        File.WriteAllText(_files.Beside("target/a.yaml"), Peer("tor2"));

        await _files.UntilAsync(_ => _files.InForce(IntentType.Peer) is ["tor2"], "a change behind a link, which inotify does not see");
    }

    [Fact]
    public async Task A_link_to_nowhere_keeps_the_documents_of_its_file()
    {
        _files.Write("a.yaml", Peer("tor1"));
        await _files.StartReadyAsync();

        File.CreateSymbolicLink(_files.At("next.yaml"), "nowhere.yaml");
        File.Move(_files.At("next.yaml"), _files.At("a.yaml"), overwrite: true);
        await _files.UntilAsync(snapshot => snapshot.Outdated.Length == 1, "the object is outdated");

        Assert.Equal(["tor1"], _files.InForce(IntentType.Peer));
        Assert.Contains("No such file", Assert.Single(_files.Snapshot.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_no_text_are_refused_and_disturb_nothing()
    {
        _files.Write("a.yaml", Peer("tor1"));
        File.WriteAllBytes(_files.At("binary.yaml"), [(byte)'a', (byte)'\n', 0xFF, 0xFE]);
        File.WriteAllText(_files.At("huge.yaml"), new string('#', (16 * 1024 * 1024) + 1));
        await _files.StartReadyAsync();

        Assert.Equal(["tor1"], _files.InForce(IntentType.Peer));
        Assert.Equal([(ProblemReason.NotYaml, 2), (ProblemReason.TooLarge, null)], _files.Snapshot.Problems.Select(problem => (problem.Reason, problem.Line)));
    }

    [Fact]
    public async Task A_missing_directory_with_no_earlier_state_is_not_complete_and_its_appearing_is_noticed()
    {
        Directory.Delete(_files.Directory);
        _files.Start();
        await _files.UntilAsync(snapshot => snapshot.Condition == FilesCondition.Missing, "the directory is missed");
        Assert.False(_files.Snapshot.IsComplete);

        Directory.CreateDirectory(_files.Directory);
        _files.Write("a.yaml", Peer("tor1"));

        await _files.UntilAsync(_ => _files.InForce(IntentType.Peer) is ["tor1"], "the directory is read");
        Assert.True(_files.Snapshot.IsComplete);
    }

    [Fact]
    public async Task A_password_is_read_from_its_file_and_a_changed_one_is_noticed()
    {
        var key = _files.Beside("tor1.key");
        File.WriteAllText(key, "first\n");
        _files.Write("a.yaml", Peer("tor1", extra: $"passwordFrom: {{file: {key}}}"));
        await _files.StartReadyAsync();
        Assert.Equal(SecretValue.Of("first"), PasswordInForce());

        File.WriteAllText(key, "second\n");

        await _files.UntilAsync(_ => SecretValue.Of("second").Equals(PasswordInForce()), "the new password counts");
    }

    [Fact]
    public async Task A_password_file_that_was_never_there_is_a_missing_secret_that_names_the_place()
    {
        _files.Write("a.yaml", Peer("tor1", extra: "passwordFrom: {file: /nowhere/tor1.key}"));
        await _files.StartReadyAsync();

        Assert.Equal("cannot read /nowhere/tor1.key: No such file or directory", PasswordInForce()?.Problem);
        var problem = Assert.Single(_files.Snapshot.Problems);
        Assert.Equal((ProblemReason.SecretMissing, "BgpPeer/tor1", "spec.passwordFrom.file", 8), (problem.Reason, problem.Object, problem.Field, problem.Line));
    }

    [Fact]
    public async Task A_password_file_that_goes_away_keeps_the_password_and_never_shows_it()
    {
        var key = _files.Beside("tor1.key");
        File.WriteAllText(key, "sesame\n");
        _files.Write("a.yaml", Peer("tor1", extra: $"passwordFrom: {{file: {key}}}"));
        await _files.StartReadyAsync();

        File.Delete(key);
        await _files.UntilAsync(snapshot => snapshot.Problems.Length == 1, "the missing file is told");

        Assert.Equal(SecretValue.Of("sesame"), PasswordInForce());
        Assert.DoesNotContain("sesame", $"{_files.Snapshot} {_files.Snapshot.Problems[0]} {_files.Snapshot.Intents[0]} {_files.Snapshot.ToState()} {_files.Snapshot.ToState().Secrets[0]}", StringComparison.Ordinal);
    }

    private SecretValue? PasswordInForce() => _files.Snapshot.Intents.OfType<PeerIntent>().Single().Options.Password;
}
