using Fairway.Intents.Store;
using Fairway.Testing.Time;
using static Fairway.Intents.Tests.Wishes;

namespace Fairway.Intents.Tests.Store;

public sealed class IntentStoreTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Replacing_tells_the_keys_that_came_went_and_differ()
    {
        var store = new IntentStore(_time);
        store.Replace(Files, [Peer(Files, "a"), Peer(Files, "b", "192.0.2.2"), Peer(Files, "c", "192.0.2.3")]);

        var change = store.Replace(Files, [Peer(Files, "b", "192.0.2.2"), Peer(Files, "c", "192.0.2.33"), Peer(Files, "d", "192.0.2.4")]);

        Assert.Equal(["a", "c", "d"], change.Changed.Select(key => key.Id).Order());
        Assert.Equal(["b", "c", "d"], store.Snapshot.Peers.Select(peer => peer.Key.Id).Order());
    }

    [Fact]
    public void The_same_wishes_again_change_nothing_and_stay_the_same_objects()
    {
        var store = new IntentStore(_time);
        store.Replace(Files, [Peer(Files, "a"), Instance(Files, "default")]);
        var before = store.Snapshot.Find(Peer(Files, "a").Key);
        _time.Advance(TimeSpan.FromSeconds(1));

        var change = store.Replace(Files, [Peer(Files, "a"), Instance(Files, "default")]);

        Assert.Empty(change.Changed);
        Assert.Same(before, store.Snapshot.Find(Peer(Files, "a").Key));
    }

    [Fact]
    public void An_edit_keeps_the_time_of_acceptance()
    {
        var store = new IntentStore(_time);
        var start = _time.GetUtcNow();
        store.Replace(Files, [Peer(Files, "a")]);
        _time.Advance(TimeSpan.FromMinutes(1));

        store.Replace(Files, [Peer(Files, "a", asn: 64499), Peer(Files, "b", "192.0.2.2")]);

        Assert.Equal([start, _time.GetUtcNow()], store.Snapshot.Peers.OrderBy(peer => peer.Key.Id).Select(peer => peer.AcceptedAt));
    }

    [Fact]
    public void A_wish_that_went_and_comes_back_counts_from_then()
    {
        var store = new IntentStore(_time);
        store.Replace(Files, [Peer(Files, "a")]);
        store.Replace(Files, []);
        _time.Advance(TimeSpan.FromMinutes(1));

        store.Replace(Files, [Peer(Files, "a")]);

        Assert.Equal(_time.GetUtcNow(), Assert.Single(store.Snapshot.Peers).AcceptedAt);
    }

    [Fact]
    public void A_new_wish_keeps_the_time_that_it_brings_along()
    {
        var store = new IntentStore(_time);

        store.Replace(Files, [Peer(Files, "a", at: 5)]);

        Assert.Equal(Peer(Files, "a", at: 5).AcceptedAt, Assert.Single(store.Snapshot.Peers).AcceptedAt);
    }

    [Fact]
    public void Owners_do_not_touch_each_other()
    {
        var store = new IntentStore(_time);
        store.Replace(Files, [Peer(Files, "a")]);
        store.Replace(Cli, [Peer(Cli, "a")]);

        store.Replace(Files, []);

        Assert.Equal(Cli, Assert.Single(store.Snapshot.Peers).Key.Owner);
    }

    [Fact]
    public void Wishes_beyond_the_bound_leave_the_earlier_ones_standing()
    {
        var store = new IntentStore(_time, maxIntentsPerOwner: 2);
        store.Replace(Files, [Peer(Files, "a")]);

        var change = store.Replace(Files, [Peer(Files, "b"), Peer(Files, "c"), Peer(Files, "d")]);

        Assert.Contains("more than the 2", change.Refusal, StringComparison.Ordinal);
        Assert.Empty(change.Changed);
        Assert.Equal("a", Assert.Single(store.Snapshot.Peers).Key.Id);
    }

    [Fact]
    public void A_snapshot_once_taken_never_changes()
    {
        var store = new IntentStore(_time);
        store.Replace(Files, [Peer(Files, "a")]);
        var taken = store.Snapshot;

        store.Replace(Files, []);

        Assert.Single(taken.All);
        Assert.Empty(store.Snapshot.All);
    }

    [Fact]
    public void A_snapshot_says_how_it_would_be_with_other_wishes_of_one_owner()
    {
        var store = new IntentStore(_time);
        store.Replace(Files, [Peer(Files, "a"), Peer(Files, "b", "192.0.2.2")]);
        store.Replace(Cli, [Peer(Cli, "c", "192.0.2.3")]);

        var planned = store.Snapshot.WithOwner(Files, [Peer(Files, "a", "192.0.2.9")]);

        Assert.Equal(["a 192.0.2.9", "c 192.0.2.3"], planned.Peers.Select(peer => $"{peer.Key.Id} {peer.Options.Key}").Order());
        Assert.All(planned.Peers, peer => Assert.Equal(_time.GetUtcNow(), peer.AcceptedAt));
        Assert.Equal(3, store.Snapshot.Count);
    }

    [Fact]
    public void A_wish_in_the_name_of_another_owner_is_our_mistake() =>
        Assert.Throws<ArgumentException>(() => new IntentStore(_time).Replace(Files, [Peer(Cli, "a")]));
}
