using Fairway.Agent.State;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native;

namespace Fairway.Agent.Tests;

public sealed class RestartDecisionTests
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly NodeState Kept = new()
    {
        WrittenAt = Then,
        RestartTimeSeconds = 120,
        PeersUp = [new PeerUp("192.0.2.1", null, ["ipv4-unicast"]), new PeerUp("192.0.2.2", null, [])],
    };

    [Fact]
    public void A_start_within_the_restart_time_restarts_and_waits_for_peers_with_graceful_restart_only()
    {
        var restart = RestartDecision.Decide(Kept, forwardingSurvived: true, Then.AddSeconds(119));

        Assert.True(restart.Restarting);
        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], restart.ForwardingPreserved);
        var peer = Assert.Single(restart.Peers);
        Assert.Equal(new PeerKey(IpAddr.Parse("192.0.2.1")), peer.Key);
        Assert.Equal([AddressFamily.Ipv4Unicast], peer.Families);
    }

    [Fact]
    public void Forwarding_that_did_not_survive_is_not_claimed() =>
        Assert.Empty(RestartDecision.Decide(Kept, forwardingSurvived: false, Then.AddSeconds(1)).ForwardingPreserved);

    [Theory]
    [InlineData(120)]
    [InlineData(3600)]
    [InlineData(-1)]
    public void Too_late_or_with_a_clock_that_went_back_is_a_first_start(int seconds) =>
        Assert.Same(RestartContext.None, RestartDecision.Decide(Kept, forwardingSurvived: true, Then.AddSeconds(seconds)));

    [Fact]
    public void Without_a_session_that_was_up_it_is_a_first_start()
    {
        Assert.Same(RestartContext.None, RestartDecision.Decide(new NodeState(), forwardingSurvived: true, Then));
        Assert.Same(RestartContext.None, RestartDecision.Decide(Kept with { PeersUp = [new PeerUp("192.0.2.2", null, [])] }, forwardingSurvived: true, Then));
    }

    [Fact]
    public void Words_that_another_version_wrote_are_left_out()
    {
        var kept = Kept with { PeersUp = [new PeerUp("tor1", null, ["ipv4-unicast"]), new PeerUp("fe80::1", "eth0", ["ipv4-unicast", "evpn"])] };

        var peer = Assert.Single(RestartDecision.Decide(kept, forwardingSurvived: true, Then).Peers);

        Assert.Equal(new PeerKey(IpAddr.Parse("fe80::1"), "eth0"), peer.Key);
        Assert.Equal([AddressFamily.Ipv4Unicast], peer.Families);
    }
}
