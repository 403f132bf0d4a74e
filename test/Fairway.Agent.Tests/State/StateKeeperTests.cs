using Fairway.Agent.State;
using Fairway.Sources.Files;
using Fairway.Speakers;
using Fairway.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Agent.Tests.State;

public sealed class StateKeeperTests : IDisposable
{
    private static readonly PeerUp Tor1 = new("192.0.2.1", null, ["ipv4-unicast"]);
    private static readonly PeerUp Tor2 = new("192.0.2.2", null, ["ipv4-unicast"]);

    private readonly ScratchDirectory _scratch = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FilesSource _files;
    private NodeState _node = new() { RouterId = "192.0.2.7", RestartTimeSeconds = 120 };
    private NodeState _kept = new();
    private bool _isRelearning;

    public StateKeeperTests() => _files = new FilesSource(new FilesSourceOptions { Path = _scratch["documents"] }, _time, NullLoggerFactory.Instance);

    [Fact]
    public void The_first_look_saves_at_once()
    {
        Keeper().SaveIfDue([Tor1], _files.Snapshot);

        Assert.Equal([Tor1.Address], SavedPeers());
        Assert.Equal("192.0.2.7", Saved()!.RouterId);
        Assert.Equal(_time.GetUtcNow(), Saved()!.WrittenAt);
    }

    [Fact]
    public void A_change_is_saved_at_most_every_five_seconds()
    {
        var keeper = Keeper();
        keeper.SaveIfDue([Tor1], _files.Snapshot);

        _time.Advance(TimeSpan.FromSeconds(4.9));
        keeper.SaveIfDue([Tor1, Tor2], _files.Snapshot);
        Assert.Equal([Tor1.Address], SavedPeers());
        Assert.Equal(TimeSpan.FromSeconds(5), keeper.UntilDue);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        keeper.SaveIfDue([Tor1, Tor2], _files.Snapshot);
        Assert.Equal([Tor1.Address, Tor2.Address], SavedPeers());
    }

    [Fact]
    public void While_sessions_are_up_a_sign_of_life_is_saved_every_ten_seconds()
    {
        var keeper = Keeper();
        keeper.SaveIfDue([Tor1], _files.Snapshot);
        var first = Saved()!.WrittenAt;

        _time.Advance(TimeSpan.FromSeconds(9));
        keeper.SaveIfDue([Tor1], _files.Snapshot);
        Assert.Equal(first, Saved()!.WrittenAt);

        _time.Advance(TimeSpan.FromSeconds(1));
        keeper.SaveIfDue([Tor1], _files.Snapshot);
        Assert.Equal(first.AddSeconds(10), Saved()!.WrittenAt);
    }

    [Fact]
    public void Without_sessions_nothing_is_saved_that_stands_there_already()
    {
        var keeper = Keeper();
        keeper.SaveIfDue([], _files.Snapshot);
        var first = Saved()!.WrittenAt;

        _time.Advance(TimeSpan.FromHours(1));
        keeper.SaveIfDue([], _files.Snapshot);

        Assert.Equal(first, Saved()!.WrittenAt);
    }

    [Fact]
    public void Another_router_id_restart_time_or_place_in_the_kernel_is_a_change()
    {
        var keeper = Keeper();
        foreach (var changed in (NodeState[])[_node with { RouterId = "192.0.2.8" }, _node with { RestartTimeSeconds = 7 }, _node with { Kernel = new(254, 21, 196) }])
        {
            _node = changed;
            _time.Advance(TimeSpan.FromSeconds(5));
            keeper.SaveIfDue([], _files.Snapshot);

            Assert.Equal((changed.RouterId, changed.RestartTimeSeconds, changed.Kernel), (Saved()!.RouterId, Saved()!.RestartTimeSeconds, Saved()!.Kernel));
        }
    }

    [Fact]
    public void Until_relearning_is_complete_the_word_of_the_earlier_run_stands()
    {
        SaveEarlier(Tor1, Tor2);
        _isRelearning = true;
        var keeper = Keeper();

        _time.Advance(TimeSpan.FromSeconds(20));
        keeper.SaveIfDue([Tor1], _files.Snapshot);
        Assert.Equal([Tor1.Address, Tor2.Address], SavedPeers());

        _isRelearning = false;
        keeper.SaveIfDue([Tor1], _files.Snapshot);
        Assert.Equal([Tor1.Address], SavedPeers());
    }

    [Fact]
    public void The_last_word_names_the_peers_that_are_up_and_those_still_awaited()
    {
        SaveEarlier(Tor1, Tor2);
        _isRelearning = true;

        Keeper().SaveLast(StopPolicy.Keep, [Tor1], _files.Snapshot);

        Assert.Equal([Tor1.Address, Tor2.Address], SavedPeers());
    }

    [Fact]
    public void After_a_withdrawal_no_session_counts_as_up()
    {
        SaveEarlier(Tor1);
        _isRelearning = true;

        Keeper().SaveLast(StopPolicy.Withdraw, [Tor1], _files.Snapshot);

        Assert.Empty(SavedPeers());
    }

    [Fact]
    public void Documents_are_saved_once_they_were_read_completely()
    {
        var keeper = Keeper();
        keeper.SaveIfDue([], _files.Snapshot);
        Assert.False(File.Exists(Path.Combine(_scratch["state"], StateKeeper.FilesFile)));

        _files.Restore(new FilesState([new SavedDocument("vips.yaml", 1, Document, _time.GetUtcNow())], []));
        _time.Advance(TimeSpan.FromSeconds(5));
        keeper.SaveIfDue([], _files.Snapshot);

        var saved = new StateStore(_scratch["state"]).Load(StateKeeper.FilesFile, StateJson.Default.FilesState);
        Assert.Equal("vips.yaml", Assert.Single(saved!.Documents).File);
    }

    [Fact]
    public void What_could_not_be_written_is_tried_again_though_nothing_changed()
    {
        File.WriteAllText(_scratch["state"], "a file where the directory should be");
        _files.Restore(new FilesState([new SavedDocument("vips.yaml", 1, Document, _time.GetUtcNow())], []));
        var keeper = Keeper();
        keeper.SaveIfDue([Tor1], _files.Snapshot);
        Assert.Equal(TimeSpan.FromSeconds(5), keeper.UntilDue);

        File.Delete(_scratch["state"]);
        _time.Advance(TimeSpan.FromSeconds(5));
        keeper.SaveIfDue([Tor1], _files.Snapshot);

        Assert.Equal([Tor1.Address], SavedPeers());
        Assert.True(File.Exists(Path.Combine(_scratch["state"], StateKeeper.FilesFile)));
    }

    public void Dispose()
    {
        _files.Dispose();
        _scratch.Dispose();
    }

    private const string Document = """
        apiVersion: fairway.dev/v1alpha1
        kind: Advertisement
        metadata: {name: vips}
        spec: {prefixes: [192.0.2.1/32]}
        """;

    private StateKeeper Keeper() => new(new StateStore(_scratch["state"]), _kept, () => _node, () => _isRelearning, _time);

    private void SaveEarlier(params PeerUp[] peers)
    {
        _kept = _node with { PeersUp = peers, WrittenAt = _time.GetUtcNow() };
        new StateStore(_scratch["state"]).Save(StateKeeper.NodeFile, _kept, StateJson.Default.NodeState);
    }

    private NodeState? Saved() => new StateStore(_scratch["state"]).Load(StateKeeper.NodeFile, StateJson.Default.NodeState);

    private IEnumerable<string> SavedPeers() => Saved()!.PeersUp.Select(peer => peer.Address);
}
