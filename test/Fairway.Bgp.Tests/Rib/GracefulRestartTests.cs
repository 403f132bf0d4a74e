using Fairway.Bgp.Rib;
using Fairway.Net;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>RFC 4724 as far as tables go: a peer that restarts, and ourselves restarting.</summary>
public sealed class GracefulRestartTests
{
    private const string Kept = "203.0.113.0/24";
    private const string Gone = "192.0.2.0/24";

    private readonly RibWorld _world = new();
    private readonly RibPeer _peer;
    private readonly RibPeer _other;

    public GracefulRestartTests()
    {
        _peer = _world.Up(RibWorld.External("198.51.100.1", 64501));
        _other = _world.Up(RibWorld.External("198.51.100.2", 64502));
        _world.Learn(_peer, Kept);
        _world.Learn(_peer, Gone);
        _world.Send(_other);
    }

    [Fact]
    public void Without_it_a_lost_session_takes_its_routes_along()
    {
        _world.Rib.PeerDown(_peer, []);

        Assert.Empty(_world.Sent(_other));
        Assert.Equal(0, _world.Rib.Count(_peer).Received);
    }

    [Fact]
    public void A_restarting_peer_s_routes_stay_as_stale_and_nobody_is_told()
    {
        _world.Rib.PeerDown(_peer, [AddressFamily.Ipv4Unicast]);

        Assert.Equal(0, _world.Send(_other).Messages);
        Assert.Equal(["198.51.100.1"], _world.Learned(Kept));
        Assert.True(_world.Rib.FindReceived(_peer, IpPrefix.Parse(Kept))!.Stale);
        Assert.True(_world.Rib.HasStale(_peer, AddressFamily.Ipv4Unicast));
    }

    [Fact]
    public void What_it_does_not_send_again_goes_at_End_of_RIB()
    {
        _world.Rib.PeerDown(_peer, [AddressFamily.Ipv4Unicast]);
        _world.Up(_peer);
        _world.Learn(_peer, Kept);
        Assert.Equal(0, _world.Send(_other).Messages);

        _world.Rib.EndOfRib(_peer, AddressFamily.Ipv4Unicast);

        Assert.Equal([Kept], _world.Sent(_other));
        Assert.False(_world.Rib.HasStale(_peer, AddressFamily.Ipv4Unicast));
        Assert.False(_world.Rib.FindReceived(_peer, IpPrefix.Parse(Kept))!.Stale);
    }

    [Fact]
    public void A_second_restart_deletes_what_was_stale_from_the_first()
    {
        _world.Rib.PeerDown(_peer, [AddressFamily.Ipv4Unicast]);
        _world.Up(_peer);
        _world.Learn(_peer, Kept);

        _world.Rib.PeerDown(_peer, [AddressFamily.Ipv4Unicast]);

        Assert.Equal([Kept], _world.Sent(_other));
    }

    [Fact]
    public void When_the_restart_timer_runs_out_the_rest_goes()
    {
        _world.Rib.PeerDown(_peer, [AddressFamily.Ipv4Unicast]);

        _world.Rib.SweepStale(_peer, AddressFamily.Ipv4Unicast);

        Assert.Empty(_world.Sent(_other));
    }

    [Fact]
    public void Restarting_ourselves_we_select_nothing_until_all_have_sent_theirs()
    {
        var world = new RibWorld();
        world.Rib.DeferSelection(AddressFamily.Ipv4Unicast);
        var peer = world.Up(RibWorld.External("198.51.100.1", 64501));
        world.Learn(peer, Kept);
        world.Process();

        Assert.Empty(world.Learned(Kept));
        Assert.Equal([AddressFamily.Ipv6Unicast], world.Rib.DrainCompletedFamilies());
        Assert.Equal("selection-deferred", world.Rib.FindReceived(peer, IpPrefix.Parse(Kept))!.Reason);

        world.Rib.ResumeSelection(AddressFamily.Ipv4Unicast);
        Assert.Empty(world.Rib.DrainCompletedFamilies());
        world.Process();
        Assert.Empty(world.Rib.DrainCompletedFamilies());
        var drained = new List<RibLearned>();
        world.Rib.DrainLearned(10, drained);

        Assert.Equal(Kept, Assert.Single(drained).Prefix.ToString());
        Assert.Equal([AddressFamily.Ipv4Unicast], world.Rib.DrainCompletedFamilies());
        Assert.Empty(world.Rib.DrainCompletedFamilies());
    }

    [Fact]
    public void Re_learning_is_not_complete_while_a_route_is_decided_again()
    {
        var world = new RibWorld();
        world.Rib.DeferSelection(AddressFamily.Ipv4Unicast);
        var peer = world.Up(RibWorld.External("198.51.100.1", 64501));
        world.Learn(peer, Kept);
        world.Rib.ResumeSelection(AddressFamily.Ipv4Unicast);
        world.Process();
        world.Learn(peer, Kept, attributes => attributes with { Med = 5 });
        var drained = new List<RibLearned>();

        world.Rib.DrainLearned(10, drained);
        Assert.Empty(drained);
        Assert.DoesNotContain(AddressFamily.Ipv4Unicast, world.Rib.DrainCompletedFamilies());

        world.Process();
        world.Rib.DrainLearned(10, drained);
        Assert.Single(drained);
        Assert.Contains(AddressFamily.Ipv4Unicast, world.Rib.DrainCompletedFamilies());
    }
}
