using Fairway.Bgp.Rib;
using Fairway.Net;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Corrupted tables are found out and put right (design D6).</summary>
public sealed class AuditTests
{
    private static readonly IpPrefix Prefix = IpPrefix.Parse("203.0.113.0/24");

    private readonly RibWorld _world = new();
    private readonly RibPeer _first;
    private readonly RibPeer _second;

    public AuditTests()
    {
        _first = _world.Up(RibWorld.External("198.51.100.1", 64501));
        _second = _world.Up(RibWorld.External("198.51.100.2", 64502));
        _world.Learn(_first, "203.0.113.0/24");
        _world.Send(_second);
        _world.Send(_first);
        Assert.Empty(_world.Rib.Audit(100));
    }

    [Fact]
    public void A_wrong_best_path_is_found_and_repaired()
    {
        _world.Rib.CorruptLocRib(Prefix);

        var mismatch = Assert.Single(_world.Rib.Audit(100), found => found.Table == RibTable.LocRib);
        Assert.Equal((Prefix, null), (mismatch.Prefix, mismatch.Peer));
        Assert.StartsWith("no path", mismatch.Observed, StringComparison.Ordinal);
        Assert.StartsWith("via 198.51.100.1", mismatch.Desired, StringComparison.Ordinal);

        _world.Rib.Repair(mismatch);
        _world.Process();
        Assert.Equal(["198.51.100.1"], _world.Learned("203.0.113.0/24"));
        Assert.Empty(_world.Rib.Audit(100));
    }

    [Fact]
    public void A_route_missing_at_a_peer_is_found_and_sent()
    {
        _world.Rib.CorruptAdjRibOut(Prefix, _second);

        var mismatch = Assert.Single(_world.Rib.Audit(100));
        Assert.Equal((RibTable.AdjRibOut, _second.Options.Key, "not advertised"), (mismatch.Table, mismatch.Peer, mismatch.Observed));

        _world.Rib.Repair(mismatch);
        Assert.Equal(1, _world.Send(_second).Messages);
        Assert.Empty(_world.Rib.Audit(100));
    }

    [Fact]
    public void A_small_audit_gets_round_to_every_prefix()
    {
        foreach (var i in Enumerable.Range(0, 20))
            _world.Learn(_first, $"192.0.2.{i}/32");
        _world.Process();
        _world.Rib.CorruptLocRib(IpPrefix.Parse("192.0.2.19/32"));

        Assert.Contains(Enumerable.Range(0, 12), _ => _world.Rib.Audit(2).Count > 0);
    }
}
