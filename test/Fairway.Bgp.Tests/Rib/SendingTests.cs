using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Adj-RIB-Out: what each peer is sent, and when.</summary>
public sealed class SendingTests
{
    private readonly RibWorld _world = new();
    private readonly RibPeer _first;
    private readonly RibPeer _second;

    public SendingTests()
    {
        _first = _world.Up(RibWorld.External("198.51.100.1", 64501));
        _second = _world.Up(RibWorld.External("198.51.100.2", 64502));
    }

    [Fact]
    public void A_new_session_gets_everything_then_End_of_RIB_once_per_family()
    {
        _world.Advertise("203.0.113.0/24");
        _world.Advertise("2001:db8:5::/48");

        Assert.Equal(["203.0.113.0/24", "2001:db8:5::/48"], _world.Sent(_first));
        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], _world.EndOfRibs(_first));
        Assert.Equal(0, _world.Send(_first).Messages);
    }

    [Fact]
    public void A_route_never_goes_back_to_the_peer_it_came_from()
    {
        _world.Learn(_first, "203.0.113.0/24");
        AssertSent([], ["203.0.113.0/24"]);

        // Both have it now; the first's is the best, so the second still gets that one and the first gets none.
        _world.Learn(_second, "203.0.113.0/24");
        AssertSent([], ["203.0.113.0/24"]);

        _world.Withdraw(_first, "203.0.113.0/24");
        AssertSent(["203.0.113.0/24"], []);
    }

    [Fact]
    public void One_changed_prefix_is_one_message_and_a_change_undone_before_it_was_sent_is_none()
    {
        _world.Advertise("203.0.113.0/25");
        _world.Advertise("203.0.113.128/25");
        _world.Send(_first);

        _world.Advertise("203.0.113.0/25", new() { Med = 5 });
        Assert.Equal(1, _world.Send(_first).Messages);

        _world.Rib.RemoveLocal(IpPrefix.Parse("203.0.113.0/25"));
        _world.Process();
        _world.Advertise("203.0.113.0/25", new() { Med = 5 });
        Assert.Equal(0, _world.Send(_first).Messages);
    }

    [Fact]
    public void Prefixes_with_the_same_attributes_share_a_message()
    {
        foreach (var i in Enumerable.Range(0, 200))
            _world.Advertise($"203.0.113.{i}/32", new() { Med = (uint)(i % 2) });
        _world.Send(_first);

        foreach (var i in Enumerable.Range(0, 200))
            _world.Advertise($"203.0.113.{i}/32", new() { Med = (uint)(2 + (i % 2)) });

        Assert.Equal(2, _world.Send(_first).Messages);
    }

    [Fact]
    public void A_slow_peer_is_served_the_newest_state_only()
    {
        _world.Send(_first);
        _world.Send(_second);
        for (uint med = 1; med <= 50; med++)
        {
            _world.Advertise("203.0.113.0/24", new() { Med = med });
            _world.Send(_first);
        }

        var (messages, table) = _world.Send(_second);

        Assert.Equal(50u, table[IpPrefix.Parse("203.0.113.0/24")].Value.Med);
        Assert.Equal(1, messages);
    }

    [Fact]
    public void Scoped_advertisements_reach_their_peers_and_the_others_get_the_learned_route()
    {
        var third = _world.Up(RibWorld.External("198.51.100.3", 64503));
        _world.Learn(_second, "203.0.113.0/24");
        _world.Rib.SetLocal(new(IpPrefix.Parse("203.0.113.0/24"), [new([_first.Options.Key], new() { Med = 1 })]));

        Assert.Equal(1u, _world.Sent(_first, "203.0.113.0/24").Med);
        Assert.Equal(new Asn(64502), _world.Sent(third, "203.0.113.0/24").AsPath!.Value.OriginAsn);
        Assert.Empty(_world.Sent(_second));
    }

    [Fact]
    public void A_new_export_policy_sends_only_what_it_changes_without_a_new_session()
    {
        _world.Advertise("203.0.113.0/25");
        _world.Advertise("203.0.113.128/25");
        _world.Send(_first);
        var range = new PrefixRange(IpPrefix.Parse("203.0.113.0/25"), 25, 25);
        ValueList<RoutePolicy> policies = [new("p") { Statements = [new() { Match = new() { Prefixes = [range] }, Then = PolicyVerdict.Reject }], Default = PolicyVerdict.Accept }];

        _world.Rib.UpdatePeer(_first, _first.Options with { Families = [new(AddressFamily.Ipv4Unicast) { Export = policies }] });
        var (messages, table) = _world.Send(_first);

        Assert.Equal(1, messages);
        Assert.Equal(["203.0.113.128/25"], table.Keys.Select(prefix => prefix.ToString()));
        Assert.Equal(2, _world.EndOfRibs(_first).Count);
        _world.Rib.UpdatePeer(_first, _first.Options with { Families = [new(AddressFamily.Ipv4Unicast) { Export = [new("p") { Default = PolicyVerdict.Accept }] }] });
        Assert.Equal(1, _world.Send(_first).Messages);
    }

    [Fact]
    public void A_refresh_sends_everything_again()
    {
        _world.Advertise("203.0.113.0/24");
        _world.Advertise("2001:db8:5::/48");
        _world.Send(_first);

        _world.Rib.RefreshRequested(_first, AddressFamily.Ipv4Unicast);

        Assert.Equal(1, _world.Send(_first).Messages);
        Assert.Equal(0, _world.Send(_first).Messages);
        Assert.Equal(0, _world.Send(_second).Table.Count - 2);
    }

    [Fact]
    public void Peers_alike_form_one_group_and_different_ones_do_not()
    {
        Assert.Equal(2, _world.Rib.Size.UpdateGroups); // one for each family

        var reader = _world.Up(RibWorld.Internal("198.51.100.3"));
        Assert.Equal(4, _world.Rib.Size.UpdateGroups);

        _world.Rib.RemovePeer(reader);
        Assert.Equal(2, _world.Rib.Size.UpdateGroups);
    }

    [Fact]
    public void A_deferred_family_sends_nothing_until_it_is_resumed_and_the_other_is_not_held_up()
    {
        var world = new RibWorld();
        world.Rib.DeferSelection(AddressFamily.Ipv4Unicast);
        var peer = world.Up(RibWorld.External("198.51.100.1", 64501));
        world.Advertise("203.0.113.0/24");
        world.Advertise("2001:db8:5::/48");

        Assert.Equal(["2001:db8:5::/48"], world.Sent(peer));
        Assert.Equal([AddressFamily.Ipv6Unicast], world.EndOfRibs(peer));

        world.Rib.ResumeSelection(AddressFamily.Ipv4Unicast);
        Assert.Equal(["203.0.113.0/24", "2001:db8:5::/48"], world.Sent(peer));
        Assert.Equal([AddressFamily.Ipv6Unicast, AddressFamily.Ipv4Unicast], world.EndOfRibs(peer));
    }

    private void AssertSent(string[] first, string[] second)
    {
        Assert.Equal(first, _world.Sent(_first));
        Assert.Equal(second, _world.Sent(_second));
    }
}
