using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>Routes of others survive the agent in all it does, also at its own prefix and metric.</summary>
public sealed class ForeignRoutesTests(ITestOutputHelper output)
{
    private const string Foreign = "98"; // no protocol that any program here uses

    [Fact]
    public async Task A_foreign_route_at_our_prefix_and_metric_stays_is_told_as_conflict_and_ours_follows_when_it_goes()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six, "198.51.100.0/24");
        AddForeign(rack, Rack.Four, metric: "20");
        AddForeign(rack, Rack.Six, metric: "20");
        var foreign = KernelRoutes.Text(rack.Node, protocol: 98);
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()));

        await rack.NotInstalledAsync(Rack.Four, "conflict");
        await rack.NotInstalledAsync(Rack.Six, "conflict");
        await rack.InKernelAsync(rack.OverTor("198.51.100.0/24"));
        Assert.Equal(foreign, KernelRoutes.Text(rack.Node, protocol: 98));

        rack.Node.Exec("ip", "route", "delete", Rack.Four, "proto", Foreign);
        rack.Node.Exec("ip", "-6", "route", "delete", Rack.Six, "proto", Foreign);
        await rack.InKernelAsync(rack.OverTor("198.51.100.0/24"), rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    [Fact]
    public async Task A_foreign_route_that_takes_the_place_of_ours_stays_and_ours_follows_when_it_goes()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));

        ChangeForeign(rack, "replace", Rack.Four, metric: "20");
        ChangeForeign(rack, "replace", Rack.Six, metric: "20");
        var foreign = KernelRoutes.Text(rack.Node, protocol: 98);
        await rack.NotInstalledAsync(Rack.Four, "conflict");
        await rack.NotInstalledAsync(Rack.Six, "conflict");
        Assert.Equal(2, foreign.Count);
        Assert.Equal(foreign, KernelRoutes.Text(rack.Node, protocol: 98));

        rack.Node.Exec("ip", "route", "delete", Rack.Four, "proto", Foreign);
        rack.Node.Exec("ip", "-6", "route", "delete", Rack.Six, "proto", Foreign);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    [Fact]
    public async Task Foreign_routes_survive_a_kill_a_stop_and_the_starts_after_them()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six, "198.51.100.0/24", "2001:db8:b::/48");
        foreach (var prefix in new[] { Rack.Four, Rack.Six })
            AddForeign(rack, prefix, metric: "20");
        foreach (var prefix in new[] { "198.51.100.0/24", "2001:db8:b::/48", "198.18.7.0/24", "2001:db8:7::/48" })
            AddForeign(rack, prefix, metric: "30");
        var foreign = KernelRoutes.Text(rack.Node, protocol: 98);
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()));
        await Learned(rack);
        await rack.Agent.RemembersAsync(rack.Tor.Gateway4);
        var monitor = await RouteMonitor.StartAsync(rack.Node);

        await rack.Agent.KillAsync();
        await rack.Agent.StartAgainAsync();
        await Learned(rack);
        await rack.Agent.TerminateAsync();
        await rack.Agent.StartAgainAsync();
        await Learned(rack);
        rack.Tor.Announce([]);
        await rack.InKernelAsync();

        Assert.Equal(foreign, KernelRoutes.Text(rack.Node, protocol: 98));
        Assert.DoesNotContain(await monitor.LinesAsync(), line => line.Contains($"proto {Foreign} "));
    }

    private static async Task Learned(Rack rack)
    {
        await Eventually.Equal(4, () => rack.Agent.Best().Values.Count(route => !route.GetProperty("stale").GetBoolean()), "all four are learned");
        await rack.InKernelAsync(rack.OverTor("198.51.100.0/24"), rack.OverTor("2001:db8:b::/48"));
        await rack.NotInstalledAsync(Rack.Four, "conflict");
        await rack.NotInstalledAsync(Rack.Six, "conflict");
    }

    private static void AddForeign(Rack rack, string prefix, string metric) => ChangeForeign(rack, "add", prefix, metric);

    private static void ChangeForeign(Rack rack, string verb, string prefix, string metric)
        => rack.Node.Exec("ip", "route", verb, "unreachable", prefix, "proto", Foreign, "metric", metric);
}
