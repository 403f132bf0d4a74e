using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Fairway.Agent;
using Fairway.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Cli.Tests.Commands;

/// <summary>The commands against an agent that runs in this process; its peer never answers.</summary>
public sealed class RunningAgentTests : IAsyncLifetime, IDisposable
{
    private const string Address = "127.0.72.1";
    private readonly ScratchDirectory _scratch = new();
    private readonly ushort _port = FreePort();
    private AgentHost _agent = null!;

    private string Socket => _scratch["agent.sock"];

    public async Task InitializeAsync()
    {
        Write("documents");
        var options = new AgentOptions
        {
            Node = "n1",
            FilesPath = _scratch["documents"],
            Dataplane = new DataplaneOptions { Kind = DataplaneKind.None },
            Api = new ApiOptions { Socket = Socket },
            Http = null,
            State = null,
        };
        _agent = await AgentHost.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await Eventually.HoldsAsync(async () => (await AskAsync("peers"))["items"]!.AsArray().Count == 1 && (await AskAsync("prefixes"))["items"]!.AsArray().Count == 1, "the documents are in force");
    }

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Reads_answer_in_json_and_exit_with_zero()
    {
        var status = await AskAsync("status");
        Assert.Equal(("n1", 64496u, 0u, 1u), ((string?)status["node"], (uint)status["asn"]!, (uint)status["peersUp"]!, (uint)status["peersTotal"]!));
        var peer = (await AskAsync("peers"))["items"]![0]!;
        Assert.Equal(("tor1", 64497u, "files/fairway"), ((string?)peer["name"], (uint)peer["asn"]!, (string?)peer["owner"]));
        var prefix = (await AskAsync("prefixes"))["items"]![0]!;
        Assert.Equal(("203.0.113.1/32", "pending", "tor1"), ((string?)prefix["prefix"], (string?)prefix["state"], (string?)prefix["waitingFor"]![0]));
        Assert.Single((await AskAsync("routes"))["items"]!.AsArray());
        Assert.Empty((await AskAsync("routes", "received", "--peer", "tor1"))["items"]!.AsArray());
        Assert.Empty((await AskAsync("drift"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Explain_stops_at_the_session_that_is_down()
    {
        var answer = await AskAsync("explain", "203.0.113.1/32");

        var gates = answer["gates"]!.AsArray();
        Assert.Equal(["object", "ownership", "policy", "instance", "scope", "session"], gates.Select(gate => (string?)gate!["gate"]));
        Assert.Equal(("fail", "not advertised", "tor1"), ((string?)gates[^1]!["result"], (string?)answer["verdict"], (string?)answer["peer"]));
        Assert.NotNull(gates[^1]!["fix"]);
    }

    [Fact]
    public async Task An_unknown_peer_is_an_error_that_points_to_the_list()
    {
        var result = await CommandLine.RunAsync("explain", "203.0.113.1/32", "--peer", "tor9", "--socket", Socket);

        Assert.Equal((1, "fairway: there is no peer 'tor9'; `fairway peers` lists them\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_plan_of_the_same_documents_has_no_changes()
    {
        Write("same");

        Assert.Equal((0, "none", ""), await PlanAsync("same"));
    }

    [Fact]
    public async Task A_new_description_disturbs_nobody()
    {
        Write("next", description: "top of rack");

        Assert.Equal((2, "none", "change BgpPeer tor1 none: spec.description"), await PlanAsync("next"));
    }

    [Fact]
    public async Task A_new_policy_is_decided_anew_without_ending_the_session()
    {
        Write("next", policy: true);

        var (code, impact, changes) = await PlanAsync("next");

        Assert.Equal((2, "soft"), (code, impact));
        Assert.StartsWith("change BgpPeer tor1 soft: ", changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_hold_time_resets_the_session()
    {
        Write("next", hold: "30s");

        var (code, impact, changes) = await PlanAsync("next");

        Assert.Equal((2, "reset"), (code, impact));
        Assert.StartsWith("change BgpPeer tor1 reset: ", changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_prefix_is_one_addition()
    {
        Write("next", prefixes: "203.0.113.1/32, 203.0.113.2/32");

        Assert.Equal((2, "none", "add Advertisement 203.0.113.2/32 none: "), await PlanAsync("next"));
    }

    [Fact]
    public async Task A_document_that_would_be_refused_is_an_error()
    {
        Write("next", hold: "1s");

        var result = await CommandLine.RunAsync("plan", "-f", _scratch["next"], "--socket", Socket);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("spec.timers.hold", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_nothing_is_an_error()
    {
        var result = await CommandLine.RunAsync("plan", "-f", _scratch["nowhere"], "--socket", Socket);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nowhere", result.Error, StringComparison.Ordinal);
    }

    private async Task<JsonNode> AskAsync(params string[] args)
    {
        var result = await CommandLine.RunAsync([.. args, "--socket", Socket, "-o", "json"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(result.Output)!;
    }

    private async Task<(int Code, string? Impact, string Changes)> PlanAsync(string directory)
    {
        var result = await CommandLine.RunAsync("plan", "-f", _scratch[directory], "--socket", Socket, "-o", "json");
        Assert.Equal("", result.Error);
        var plan = JsonNode.Parse(result.Output)!;
        var changes = plan["changes"]!.AsArray().Select(change =>
            $"{change!["action"]} {change["kind"]} {change["object"]} {change["impact"]}: {string.Join(',', change["fields"]!.AsArray().Select(field => (string?)field!["path"]))}");
        return (result.ExitCode, (string?)plan["impact"], string.Join(';', changes));
    }

    private void Write(string directory, string prefixes = "203.0.113.1/32", string description = "", string hold = "90s", bool policy = false)
    {
        _scratch.Write($"{directory}/bgp.yaml", $$"""
            apiVersion: fairway.dev/v1alpha1
            kind: BgpInstance
            metadata: {name: default}
            spec:
              asn: 64496
              routerId: 192.0.2.99
              listen: [{address: {{Address}}, port: {{_port}}}]
              ebgpRequiresPolicy: false
            ---
            apiVersion: fairway.dev/v1alpha1
            kind: BgpPeer
            metadata: {name: tor1}
            spec:
              address: 127.0.72.9
              port: {{_port}}
              asn: 64497
              description: "{{description}}"
              families: [ipv4-unicast]
              timers: {hold: {{hold}}, connectRetry: 1s}
              export: [{{(policy ? "all" : "")}}]
            ---
            apiVersion: fairway.dev/v1alpha1
            kind: RoutePolicy
            metadata: {name: all}
            spec: {default: accept}
            """);
        _scratch.Write($"{directory}/vips.yaml", $$"""
            apiVersion: fairway.dev/v1alpha1
            kind: Advertisement
            metadata: {name: vips}
            spec: {prefixes: [{{prefixes}}]}
            """);
    }

    private static ushort FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(Address), 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
