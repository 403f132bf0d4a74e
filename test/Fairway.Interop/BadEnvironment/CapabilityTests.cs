using Fairway.Interop.Kernel;
using Fairway.Interop.Rig;

namespace Fairway.Interop.BadEnvironment;

/// <summary>Starts that cannot work end at once with a message that says what to do, and disturb nothing.</summary>
public sealed class CapabilityTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Without_cap_net_admin_the_start_ends_and_names_the_capability_and_the_way_without()
    {
        await using var lab = new NetworkLab(output);
        var node = lab.AddNode("node");
        var agent = FairwayRouter.Prepare(node, Rack.Documents(""));
        agent.Wrapper = ["setpriv", "--bounding-set", "-net_admin"];

        agent.Launch();

        Assert.Equal(1, await agent.Process.WaitForExitAsync());
        Assert.Contains("CAP_NET_ADMIN", agent.Process.Describe());
        Assert.Contains("--dataplane none", agent.Process.Describe());
        Assert.False(File.Exists(agent.Socket), "a start that failed leaves no socket");
    }

    [Fact]
    public async Task A_second_agent_in_the_namespace_ends_at_once_and_names_the_first_which_goes_on()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four);
        await rack.InKernelAsync(rack.OverTor(Rack.Four));
        var monitor = await RouteMonitor.StartAsync(rack.Node);

        var second = await rack.RunSecondAgentAsync("--http", "off");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"Process {rack.Agent.Process.Id} (fairway)", second.Said);
        Assert.Empty(await monitor.LinesAsync());
        Assert.Equal("Established", rack.Agent.PeerState("tor1v4"));
    }

    [Fact]
    public async Task Beside_a_zebra_the_start_ends_and_names_another_protocol_number()
    {
        await using var lab = new NetworkLab(output);
        var node = lab.AddNode("node");
        await FrrRouter.StartAsync(node, "router bgp 64501\n bgp router-id 192.0.2.1");
        var agent = FairwayRouter.Prepare(node, Rack.Documents(""));

        agent.Launch();

        Assert.Equal(1, await agent.Process.WaitForExitAsync());
        Assert.Contains("zebra", agent.Process.Describe());
        Assert.Contains("dataplane.protocol", agent.Process.Describe());
    }
}
