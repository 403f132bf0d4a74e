using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>A peer cannot move what the node itself stands on: its connected subnets, its default route, the way to its peers (design D7).</summary>
public sealed class ProtectedPrefixesTests(ITestOutputHelper output)
{
    private static readonly string[] Dangerous =
    [
        "0.0.0.0/0", "192.0.2.16/28", "192.0.2.24/29", "192.0.2.18/32", "192.0.2.17/32",
        "::/0", "2001:db8:1::/64", "2001:db8:1:0:8000::/65", "2001:db8:1::2/128", "2001:db8:1::1/128",
    ];

    [Fact]
    public async Task Our_connected_subnets_and_default_routes_are_learned_and_change_nothing_in_the_kernel()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        rack.Node.Exec("ip", "route", "add", "default", "via", rack.Tor.Gateway4, "metric", "100");
        var before = Others(rack);
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()));
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        var monitor = await RouteMonitor.StartAsync(rack.Node);

        rack.Tor.Announce([Rack.Four, Rack.Six, .. Dangerous]);

        foreach (var prefix in Dangerous)
            await rack.NotInstalledAsync(prefix, "protected");
        Assert.Equal(before, Others(rack));
        Assert.Empty(await monitor.LinesAsync());
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    private static List<string> Others(Rack rack)
        => [.. KernelRoutes.Read(rack.Node).Where(route => route.Protocol != 196).Select(route => route.ToString()).Order(StringComparer.Ordinal)];
}
