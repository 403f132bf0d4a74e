using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Adj-RIB-In and what becomes of it.</summary>
public sealed class LearningTests
{
    private const string Prefix = "203.0.113.0/24";

    private readonly RibWorld _world = new(new(64500), new() { Ebgp = 4, RelaxAsPath = true });
    private readonly RibPeer _first;
    private readonly RibPeer _second;

    public LearningTests()
    {
        _first = _world.Up(RibWorld.External("198.51.100.1", 64501));
        _second = _world.Up(RibWorld.External("198.51.100.2", 64502));
    }

    [Fact]
    public void Equal_paths_share_the_load_the_best_first()
    {
        _world.Learn(_second, Prefix);
        _world.Learn(_first, Prefix);

        Assert.Equal(["198.51.100.1", "198.51.100.2"], _world.Learned(Prefix));
    }

    [Fact]
    public void A_prefix_that_changes_often_is_told_once_in_its_newest_state()
    {
        _world.Learn(_first, Prefix);
        _world.Process();
        _world.Withdraw(_first, Prefix);
        _world.Process();
        _world.Learn(_second, Prefix);
        _world.Process();

        var told = Assert.Single(Drain());
        Assert.Equal([_second], told.Paths.Items.Select(path => path.Peer));
        Assert.Empty(Drain());
    }

    [Fact]
    public void The_same_route_again_is_no_change()
    {
        _world.Learn(_first, Prefix);
        _world.Send(_second);
        Drain();

        _world.Learn(_first, Prefix);

        Assert.False(_world.Rib.HasWork);
        Assert.Equal(0, _world.Send(_second).Messages);
    }

    [Fact]
    public void Our_own_route_takes_the_place_of_a_learned_one_and_gives_it_back()
    {
        _world.Learn(_first, Prefix);
        Assert.Equal(["198.51.100.1"], _world.Learned(Prefix));
        Drain();

        _world.Advertise(Prefix);
        _world.Process();
        Assert.Empty(Assert.Single(Drain()).Paths);

        _world.Rib.RemoveLocal(IpPrefix.Parse(Prefix));
        Assert.Equal(["198.51.100.1"], _world.Learned(Prefix));
        Assert.Single(Drain());
    }

    [Fact]
    public void A_next_hop_that_is_lost_takes_its_paths_out_and_leaves_others_alone()
    {
        _world.Learn(_first, Prefix);
        _world.Learn(_second, "192.0.2.0/24");
        _world.Process();
        Drain();

        _world.Rib.NextHopsChanged(_world.Resolver.Set("198.51.100.1", metric: null));

        Assert.Empty(_world.Learned(Prefix));
        Assert.Equal(Prefix, Assert.Single(Drain()).Prefix.ToString());
        Assert.StartsWith("next-hop-unreachable", _world.Rib.FindReceived(_first, IpPrefix.Parse(Prefix))!.Reason, StringComparison.Ordinal);
        Assert.Equal(ImportGate.NextHop, _world.Rib.ExplainImport(IpPrefix.Parse(Prefix), _first).Failed);
    }

    [Fact]
    public void A_route_never_resolves_through_itself()
    {
        var itself = new NextHopResolution { IsReachable = true, ViaOurs = true, Via = IpPrefix.Parse("198.51.100.0/24") };
        _world.Resolver.Set(IpAddr.Parse("198.51.100.1"), itself);
        _world.Learn(_first, "198.51.100.0/24");
        _world.Learn(_first, Prefix);

        Assert.Empty(_world.Learned("198.51.100.0/24"));
        Assert.Equal(["198.51.100.1"], _world.Learned(Prefix));
    }

    [Fact]
    public void The_nearer_next_hop_wins()
    {
        _world.Resolver.Set("198.51.100.1", metric: 20);
        _world.Resolver.Set("198.51.100.2", metric: 10);
        _world.Learn(_first, Prefix);
        _world.Learn(_second, Prefix);

        Assert.Equal(["198.51.100.2"], _world.Learned(Prefix));
        Assert.Equal("igp-metric", _world.Rib.FindReceived(_first, IpPrefix.Parse(Prefix))!.Reason);
    }

    [Fact]
    public void A_policy_changes_live_since_rejected_paths_stay_in_Adj_RIB_In()
    {
        _world.Learn(_first, Prefix);
        var closed = _first.Options with { Families = [new(AddressFamily.Ipv4Unicast) { Import = [new("none")] }] };

        _world.Rib.UpdatePeer(_first, closed);
        Assert.Empty(_world.Learned(Prefix));
        Assert.Equal(new RibCounts(1, 0, 0), _world.Rib.Count(_first));
        Assert.Equal((ImportGate.Import, "none"), (_world.Rib.ExplainImport(IpPrefix.Parse(Prefix), _first).Failed, _world.Rib.ExplainImport(IpPrefix.Parse(Prefix), _first).Object));

        _world.Rib.UpdatePeer(_first, closed with { Families = [new(AddressFamily.Ipv4Unicast)] });
        Assert.Equal(["198.51.100.1"], _world.Learned(Prefix));
    }

    [Fact]
    public void A_change_of_what_is_installed_is_told_again()
    {
        _world.Learn(_first, Prefix);
        _world.Process();
        Drain();

        _world.Rib.UpdatePeer(_first, _first.Options with { Learned = new() { Install = false } });
        _world.Process();

        Assert.False(Assert.Single(Assert.Single(Drain()).Paths).Install);
    }

    [Fact]
    public void Weight_of_a_policy_decides_before_everything_else()
    {
        var heavy = new PolicyStatement { Set = new() { Weight = 1, LocalPref = 1 }, Then = PolicyVerdict.Accept };
        _world.Rib.UpdatePeer(_second, _second.Options with { Families = [new(AddressFamily.Ipv4Unicast) { Import = [new("p") { Statements = [heavy] }] }] });
        _world.Learn(_first, Prefix);
        _world.Learn(_second, Prefix);

        Assert.Equal(["198.51.100.2"], _world.Learned(Prefix));
    }

    private List<RibLearned> Drain()
    {
        var drained = new List<RibLearned>();
        _world.Rib.DrainLearned(int.MaxValue, drained);
        return drained;
    }
}
