using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>Another table, metric or protocol in fairway.yaml moves our routes; nothing of ours stays at the old place (design D7).</summary>
public sealed class PlaceTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("metric: 30", 196, "proto 196 metric 30")]
    [InlineData("protocol: 200", 200, "proto 200 metric 20")]
    [InlineData("table: 300", 196, "proto 196 metric 20 table 300")]
    public async Task A_changed_place_moves_our_routes_at_the_next_start(string change, int protocol, string place)
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        var file = lab.WriteFile("fairway.yaml", "dataplane: {}\n");
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()), "--config", file);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));

        await rack.Agent.TerminateAsync();
        lab.WriteFile("fairway.yaml", $$"""dataplane: { {{change}} }""");
        await rack.Agent.StartAgainAsync();

        string[] moved = [.. new[] { Rack.Six, Rack.Four }.Select(prefix => rack.OverTor(prefix).Replace("proto 196 metric 20", place))];
        await Eventually.Equal(moved, () => KernelRoutes.Text(rack.Node, protocol), "our routes are at the new place");
        await Eventually.Equal(2, () => KernelRoutes.Read(rack.Node).Count(route => route.Protocol is 196 or 200), "and nowhere else");
    }
}
