using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>"fairway explain" stops at the gate that really holds a learned prefix back, and names the fix.</summary>
public sealed class ExplainTests(ITestOutputHelper output)
{
    private const string Passed = "received pass, import pass, nextHop pass, best pass";
    private const string Rejected = "198.51.100.0/24";
    private const string Unreachable = "198.51.100.128/25";

    [Fact]
    public async Task Explain_names_the_gate_at_which_a_learned_prefix_stands()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.InternalAsn);
        rack.Tor.Announce([Rack.Four, "203.0.113.0/25", "0.0.0.0/0", Rejected, Unreachable], $"if net = {Unreachable} then bgp_next_hop = 198.18.0.9;");
        rack.Node.Exec("ip", "route", "add", "unreachable", "203.0.113.0/25", "metric", "20", "proto", "98");
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers("import: [filter]") + "\n" + $$"""
            ---
            apiVersion: fairway.dev/v1alpha1
            kind: RoutePolicy
            metadata: {name: filter}
            spec: {statements: [{match: {prefixes: [{prefix: {{Rejected}} }]}, then: reject}], default: accept}
            """));
        await rack.InKernelAsync(rack.OverTor(Rack.Four));
        await rack.NotInstalledAsync("203.0.113.0/25", "conflict");

        AssertExplained(rack, Rack.Four, "installed", $"{Passed}, protected pass, kernel pass");
        AssertExplained(rack, "203.0.113.0/25", "not installed", $"{Passed}, protected pass, kernel fail", "dataplane.metric");
        AssertExplained(rack, "0.0.0.0/0", "not installed", $"{Passed}, protected fail", "dataplane.allowProtected");
        AssertExplained(rack, Rejected, "not selected", "received pass, import fail", "RoutePolicy");
        AssertExplained(rack, Unreachable, "not selected", "received pass, import pass, nextHop fail", "route to the next hop");
        AssertExplained(rack, "198.18.9.0/24", "unknown", "object fail", "Advertisement");
    }

    private static void AssertExplained(Rack rack, string prefix, string verdict, string gates, string fix = "")
    {
        var answer = rack.Explain(prefix);
        Assert.Equal((verdict, gates), (answer.Verdict, answer.Gates));
        Assert.Contains(fix, answer.Last.GetProperty("fix").GetString() ?? "");
    }
}
