using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>Links go down and come up; routes and next hops follow.</summary>
public sealed class LinkTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Routes_go_with_a_pulled_cable_and_come_back_with_it()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));

        rack.Tor.Node.LinkDown("to-node");
        await rack.InKernelAsync();

        rack.Tor.Node.LinkUp("to-node");
        rack.Tor.Node.AddAddress($"{rack.Tor.Gateway6}/64", "to-node"); // the kernel drops IPv6 addresses with their link
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    [Fact]
    public async Task Routes_follow_our_own_interface_down_and_up()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));

        rack.Node.LinkDown(rack.Tor.Cable);
        await Eventually.Equal(0, () => rack.Agent.Ask("status").GetProperty("routesInstalled").GetInt32(), "the agent knows that its routes went with the link");
        await rack.InKernelAsync();

        rack.Node.LinkUp(rack.Tor.Cable);
        rack.Node.AddAddress("2001:db8:1::1/64", rack.Tor.Cable);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        Assert.Empty(rack.Agent.Rows("drift")); // nobody took them away
    }

    [Fact]
    public async Task A_route_follows_the_link_that_its_next_hop_is_resolved_over_while_its_session_stays_up()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.InternalAsn);
        var other = await rack.AddTorAsync(2, Rack.ExternalAsn);
        rack.Node.Exec("ip", "route", "add", "198.18.0.0/24", "via", other.Gateway4);
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()));
        rack.Tor.Announce([Rack.Four, "198.51.100.0/24"], $"if net = {Rack.Four} then bgp_next_hop = 198.18.0.9;");
        string overOther = $"{Rack.Four} proto 196 metric 20 via {other.Gateway4} dev {other.Cable}", overTor = rack.OverTor("198.51.100.0/24");
        await rack.InKernelAsync(overOther, overTor);

        other.Node.LinkDown("to-node");
        await rack.InKernelAsync(overTor);
        await rack.NotInstalledAsync(Rack.Four, "next-hop-unreachable");

        other.Node.LinkUp("to-node");
        await rack.InKernelAsync(overOther, overTor);
        Assert.Equal("Established", rack.Agent.PeerState("tor1v4"));
    }
}
