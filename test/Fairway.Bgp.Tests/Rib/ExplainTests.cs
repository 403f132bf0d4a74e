using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Every refusal names its gate.</summary>
public sealed class ExplainTests
{
    private static readonly IpPrefix Prefix = IpPrefix.Parse("203.0.113.0/24");

    private readonly RibWorld _world = new();
    private readonly RibPeer _first;
    private readonly RibPeer _second;

    public ExplainTests()
    {
        _first = _world.Up(RibWorld.External("198.51.100.1", 64501));
        _second = _world.Up(RibWorld.External("198.51.100.2", 64502));
    }

    [Fact]
    public void A_prefix_that_nobody_sent_was_not_received()
    {
        Assert.Equal(ImportGate.Received, _world.Rib.ExplainImport(Prefix, null).Failed);
        Assert.Equal(ImportGate.Received, _world.Rib.ExplainImport(Prefix, _first).Failed);
    }

    [Fact]
    public void A_path_that_is_not_the_best_names_the_step_that_decided()
    {
        _world.Learn(_first, "203.0.113.0/24");
        _world.Learn(_second, "203.0.113.0/24");
        _world.Process();

        Assert.Null(_world.Rib.ExplainImport(Prefix, _first).Failed);
        var lost = _world.Rib.ExplainImport(Prefix, _second);
        Assert.Equal((ImportGate.Best, "router-id"), (lost.Failed, lost.Reason));
        Assert.Equal(_first.Options.Key, _world.Rib.ExplainImport(Prefix, null).Peer);
    }

    [Fact]
    public void A_learned_path_gives_way_to_our_own_route()
    {
        _world.Learn(_first, "203.0.113.0/24");
        _world.Advertise("203.0.113.0/24");
        _world.Process();

        var explained = _world.Rib.ExplainImport(Prefix, _first);

        Assert.Equal((ImportGate.Best, "local-origin"), (explained.Failed, explained.Reason));
    }

    [Fact]
    public void On_the_way_out_the_gates_close_one_after_the_other()
    {
        Assert.Equal(ExportGate.Route, Export(_first).Failed);

        _world.Advertise("203.0.113.0/24");
        _world.Process();
        Assert.Equal(ExportGate.Sent, Export(_first).Failed);
        _world.Send(_first);
        Assert.Null(Export(_first).Failed);

        _world.Rib.PeerDown(_first, []);
        Assert.Equal(ExportGate.Session, Export(_first).Failed);
        _world.Rib.PeerUp(_first, new() { PeerAsn = new(64501), PeerRouterId = new(1), Families = [AddressFamily.Ipv6Unicast] });
        Assert.Equal(ExportGate.Family, Export(_first).Failed);
        _world.Rib.PeerDown(_first, []);
        _world.Rib.PeerUp(_first, new() { PeerAsn = new(64501), PeerRouterId = new(1), Families = [AddressFamily.Ipv4Unicast] });
        Assert.Equal(ExportGate.NextHop, Export(_first).Failed);
    }

    [Fact]
    public void A_policy_that_rejects_is_named_with_its_statement()
    {
        _world.Rib.UpdatePeer(_first, _first.Options with { Families = [new(AddressFamily.Ipv4Unicast) { Export = [new("nothing")] }] });
        _world.Advertise("203.0.113.0/24");
        _world.Process();

        Assert.Equal((ExportGate.Export, "nothing", "default"), (Export(_first).Failed, Export(_first).Object, Export(_first).Field));
    }

    [Fact]
    public void Scope_source_and_deferral_have_their_own_words()
    {
        _world.Learn(_first, "203.0.113.0/24");
        _world.Process();
        Assert.Equal("learned from this peer itself", Export(_first).Reason);

        _world.Withdraw(_first, "203.0.113.0/24");
        _world.Rib.SetLocal(new(Prefix, [new([_second.Options.Key], new AdvertisedAttributes())]));
        _world.Process();
        Assert.Equal("our route is not for this peer, and none is learned", Export(_first).Reason);

        _world.Rib.DeferSelection(AddressFamily.Ipv4Unicast);
        Assert.Contains("RFC 4724", Export(_second).Reason, StringComparison.Ordinal);
    }

    private ExportExplanation Export(RibPeer peer) => _world.Rib.ExplainExport(Prefix, peer);
}
