using Fairway.Interop.Rig;

namespace Fairway.Interop.Frr;

/// <summary>Graceful restart (RFC 4724) between the agent and FRR 8.4, each as the one that restarts and as its helper.</summary>
public sealed class FrrRestartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_agent_keeps_the_routes_of_a_killed_bgpd_and_drops_at_end_of_rib_what_did_not_return()
    {
        await using var lab = new NetworkLab(output);
        var pair = await FrrPair.StartAsync(lab, FrrPair.ExternalAsn);
        await pair.ConvergedAsync();
        await Eventually.Equal(10, () => KernelRoutes.Text(pair.Node, protocol: 196).Count, "ten routes are in the kernel");
        var monitor = await RouteMonitor.StartAsync(pair.Node);

        await pair.Frr.Bgpd.KillAsync();
        await Eventually.Equal(10, () => pair.AtAgent().Count(route => route.Stale), "the agent keeps them as stale");
        Assert.Equal(10, KernelRoutes.Text(pair.Node, protocol: 196).Count);

        string[] gone = ["198.51.100.0/28", "2001:db8:fa::/48"];
        // A bgpd that has just started may send End-of-RIB before it has read all its networks; so it connects only then.
        await pair.Frr.StartBgpdAsync(pair.Configuration(FrrPair.FrrPrefixes.Except(gone), shutdown: true));
        await Eventually.Equal(8, () => pair.Frr.Routes().Count(route => route.From == ""), "bgpd has its own eight prefixes");
        pair.NoShutdown();
        await Eventually.Equal(
            FrrPair.FrrPrefixes.Except(gone).ToHashSet(),
            () => pair.AtAgent().Where(route => !route.Stale).Select(route => route.Prefix).ToHashSet(),
            "bgpd announced the others again");
        await Eventually.Equal(8, () => KernelRoutes.Text(pair.Node, protocol: 196).Count, "the two that did not return are gone");
        Assert.All(await monitor.DeletionsAsync("proto 196"), line => Assert.Contains(gone, line.Contains));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Frr_keeps_our_routes_while_the_agent_restarts(bool killed)
    {
        await using var lab = new NetworkLab(output);
        var pair = await FrrPair.StartAsync(lab, FrrPair.ExternalAsn);
        await pair.ConvergedAsync();
        await pair.Agent.RemembersAsync("192.0.2.2");
        await pair.Agent.RemembersAsync("2001:db8:1::2");
        var atFrr = await RouteMonitor.StartAsync(pair.FrrNode);
        var atNode = await RouteMonitor.StartAsync(pair.Node);

        await (killed ? pair.Agent.KillAsync() : pair.Agent.TerminateAsync());
        await Eventually.Equal(10, () => pair.AtFrr().Count(route => route.Stale), "FRR keeps our ten prefixes as stale");

        await pair.Agent.StartAgainAsync();
        await pair.ConvergedAsync();
        await Eventually.True(() => !pair.Agent.Ask("status").GetProperty("restarting").GetBoolean(), "re-learning is complete");
        Assert.Empty(await atFrr.DeletionsAsync("proto 186"));
        Assert.Empty(await atNode.DeletionsAsync("proto 196"));
    }
}
