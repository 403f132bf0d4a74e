using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>What peers announce stands in the kernel as it should, read by iproute2.</summary>
public sealed class LearnedRoutesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Learned_routes_of_both_families_read_exactly_as_they_should()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six, "198.51.100.7/32", "2001:db8:b::7/128");

        await rack.InKernelAsync(
            "198.51.100.7/32 proto 196 metric 20 via 192.0.2.18 dev to-tor1",
            "2001:db8:a::/48 proto 196 metric 20 via 2001:db8:1::2 dev to-tor1",
            "2001:db8:b::7/128 proto 196 metric 20 via 2001:db8:1::2 dev to-tor1",
            "203.0.113.0/24 proto 196 metric 20 via 192.0.2.18 dev to-tor1");

        rack.Tor.Announce([Rack.Four, Rack.Six]);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    [Fact]
    public async Task Two_equal_peers_give_one_route_with_both_hops_and_one_hop_remains_when_one_withdraws()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        var second = await rack.AddTorAsync(2, Rack.ExternalAsn, Rack.Four, Rack.Six);
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers() + "\n" + second.Peers(), "multipath: {ebgp: 2}"));

        await rack.InKernelAsync(
            "2001:db8:a::/48 proto 196 metric 20 via 2001:db8:1::2 dev to-tor1 weight 1, via 2001:db8:2::2 dev to-tor2 weight 1",
            "203.0.113.0/24 proto 196 metric 20 via 192.0.2.18 dev to-tor1 weight 1, via 192.0.2.34 dev to-tor2 weight 1");

        second.Announce([]);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    [Fact]
    public async Task An_internal_route_with_an_off_link_next_hop_is_installed_by_the_gateway_of_a_static_route()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.InternalAsn);
        rack.Tor.Announce([Rack.Four, Rack.Six], OffLinkNextHop);
        await rack.NotInstalledAsync(Rack.Four, "next-hop-unreachable");
        await rack.NotInstalledAsync(Rack.Six, "next-hop-unreachable");

        rack.Node.Exec("ip", "route", "add", "198.18.0.0/24", "via", rack.Tor.Gateway4);
        rack.Node.Exec("ip", "route", "add", "2001:db8:99::/64", "via", rack.Tor.Gateway6);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));

        rack.Node.Exec("ip", "route", "delete", "198.18.0.0/24");
        rack.Node.Exec("ip", "route", "delete", "2001:db8:99::/64");
        await rack.InKernelAsync();
    }

    [Fact]
    public async Task An_internal_route_is_installed_by_the_gateway_of_another_learned_route()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.InternalAsn);

        rack.Tor.Announce(
            [Rack.Four, Rack.Six, "198.18.0.0/24", "2001:db8:99::/64"],
            $"if net !~ [ 198.18.0.0/24 ] && net !~ [ 2001:db8:99::/64 ] then {{ {OffLinkNextHop} }}");

        await rack.InKernelAsync(
            rack.OverTor(Rack.Four), rack.OverTor(Rack.Six), rack.OverTor("198.18.0.0/24"), rack.OverTor("2001:db8:99::/64"));
    }

    [Fact]
    public async Task An_advertisement_with_blackhole_stands_as_an_unreachable_route_and_goes_with_its_document()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn);

        rack.Agent.Write("aggregate.yaml", """
            apiVersion: fairway.dev/v1alpha1
            kind: Advertisement
            metadata: {name: aggregate}
            spec: {prefixes: [203.0.113.0/24, "2001:db8:a::/48"], blackhole: true}
            """);
        await rack.InKernelAsync(
            "unreachable 2001:db8:a::/48 proto 196 metric 20 dev lo",
            "unreachable 203.0.113.0/24 proto 196 metric 20");

        rack.Agent.Remove("aggregate.yaml");
        await rack.InKernelAsync();
    }

    private const string OffLinkNextHop = "if net.type = NET_IP4 then bgp_next_hop = 198.18.0.9; else bgp_next_hop = 2001:db8:99::9;";
}
