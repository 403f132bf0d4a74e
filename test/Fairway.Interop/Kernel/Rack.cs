using System.Text.Json;
using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>A node with the agent, and switches above it: where every test of the kernel's routes starts.</summary>
internal sealed class Rack
{
    public const string Four = "203.0.113.0/24";
    public const string Six = "2001:db8:a::/48";
    public const int ExternalAsn = 64501;
    public const int InternalAsn = 65540;

    private Rack(NetworkLab lab) => (Lab, Node) = (lab, lab.AddNode("node"));

    public NetworkLab Lab { get; }

    public LabNode Node { get; }

    /// <summary>The first switch.</summary>
    public Tor Tor { get; private set; } = null!;

    public FairwayRouter Agent { get; set; } = null!;

    /// <summary>A node and one switch that announces these prefixes; the agent does not run yet.</summary>
    public static async Task<Rack> BuildAsync(NetworkLab lab, int torAsn, params string[] prefixes)
    {
        var rack = new Rack(lab);
        rack.Tor = await rack.AddTorAsync(1, torAsn, prefixes);
        return rack;
    }

    /// <summary>The same with the agent running; returns once both sessions are up.</summary>
    public static async Task<Rack> StartAsync(NetworkLab lab, int torAsn, params string[] prefixes)
    {
        var rack = await BuildAsync(lab, torAsn, prefixes);
        await rack.StartAgentAsync(Documents(rack.Tor.Peers()));
        return rack;
    }

    public Task<Tor> AddTorAsync(int number, int asn, params string[] prefixes) => Tor.StartAsync(Lab, Node, number, asn, prefixes);

    /// <summary>Starts the agent on these documents and waits for the sessions of the first switch.</summary>
    public async Task StartAgentAsync(string documents, params string[] flags)
    {
        Agent = await FairwayRouter.StartAsync(Node, documents, flags);
        await Agent.EstablishedAsync("tor1v4");
        await Agent.EstablishedAsync("tor1v6");
    }

    /// <summary>Starts another agent in the node's namespace, with documents, socket and state of its own, and returns what it said and its exit code.</summary>
    public async Task<(int ExitCode, string Said)> RunSecondAgentAsync(params string[] flags)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Lab.Folder, "second")).FullName;
        var process = Node.Start([
            Agent.Binary, "agent", "--files", folder, "--socket", Path.Combine(folder, "fairway.sock"), "--state", Path.Combine(folder, "state"), .. flags]);
        return (await process.WaitForExitAsync(), process.Describe());
    }

    /// <summary>A BgpInstance and what else is given, each beginning with "---".</summary>
    public static string Documents(string more, string instance = "") => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec: {asn: 65540, routerId: 192.0.2.1, ebgpRequiresPolicy: false, {{instance}} }
        {{more}}
        """;

    /// <summary>The agent's routes in the kernel.</summary>
    public IReadOnlyList<string> Ours() => KernelRoutes.Text(Node, protocol: 196);

    /// <summary>How a route over the first switch reads in the kernel.</summary>
    public string OverTor(string prefix) => $"{prefix} proto 196 metric 20 via {(prefix.Contains(':') ? Tor.Gateway6 : Tor.Gateway4)} dev {Tor.Cable}";

    /// <summary>Waits until the agent's routes in the kernel are exactly these.</summary>
    public Task InKernelAsync(params string[] routes) => Eventually.Equal([.. routes.Order(StringComparer.Ordinal)], Ours, "our routes in the kernel");

    /// <summary>Waits until the agent says of the one path of a learned prefix why it is not in the kernel; details may follow the word.</summary>
    public Task NotInstalledAsync(string prefix, string reason) => Eventually.Equal(
        (false, reason), () => Installation(prefix), $"{prefix} is learned and not installed");

    private (bool Installed, string? Reason) Installation(string prefix)
    {
        var row = Agent.Rows("routes").SingleOrDefault(route => route.GetProperty("prefix").GetString() == prefix);
        Assert.True(row.ValueKind is JsonValueKind.Object, $"{prefix} is not learned");
        return (row.GetProperty("installed").GetBoolean(), row.GetProperty("reason").GetString()?.Split(':')[0]);
    }

    /// <summary>The gates of "fairway explain" as "received pass, import fail", and the whole of the last.</summary>
    public (string Verdict, string Gates, JsonElement Last) Explain(params string[] question)
    {
        var answer = Agent.Ask(["explain", .. question]);
        var gates = answer.GetProperty("gates").EnumerateArray().ToList();
        var text = string.Join(", ", gates.Select(gate => $"{gate.GetProperty("gate").GetString()} {gate.GetProperty("result").GetString()}"));
        return (answer.GetProperty("verdict").GetString()!, text, gates[^1]);
    }
}
