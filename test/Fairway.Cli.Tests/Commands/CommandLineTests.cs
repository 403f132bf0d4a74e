namespace Fairway.Cli.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("status")]
    [InlineData("peers")]
    [InlineData("prefixes")]
    [InlineData("routes")]
    [InlineData("drift")]
    [InlineData("explain 192.0.2.1/32")]
    public async Task Without_an_agent_a_command_says_where_it_looked_and_what_to_do(string command)
    {
        var result = await CommandLine.RunAsync([.. command.Split(' '), "--socket", _scratch["agent.sock"]]);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal($"fairway: no agent is running at {_scratch["agent.sock"]}; start one with `fairway agent --files DIR`, or name the socket of a running one with --socket PATH\n", result.Error);
    }

    [Theory]
    [InlineData("peers -o xml", "'xml' is no output format; use json, yaml or wide")]
    [InlineData("routes received", "--peer")]
    [InlineData("drain", "drain")]
    public async Task A_wrong_command_line_says_what_is_wrong_and_exits_with_one(string command, string text)
    {
        var result = await CommandLine.RunAsync(command.Split(' '));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent", "sources.files.path: no source of documents")]
    [InlineData("agent --files D --speaker frr", "--speaker frr is not built yet; only 'native' is")]
    [InlineData("agent --files D --speaker natve", "'natve' is no speaker")]
    [InlineData("agent --files D --dataplane vpp", "--dataplane vpp is not built yet")]
    [InlineData("agent --files D --dataplane linus", "'linus' is not one of linux, none")]
    [InlineData("agent --files D --kubernetes auto", "the Kubernetes source is not built yet")]
    [InlineData("agent --files D --dialects fairway,milo", "dialects other than fairway are not built yet")]
    [InlineData("agent --files D --routecontrol S", "--routecontrol needs the RouteControl API, which is not built yet")]
    [InlineData("agent --files D --http 9179", "'9179' is not ADDR:PORT")]
    [InlineData("agent --files D --stop later", "'later' is not one of keep, withdraw")]
    [InlineData("agent --config /nowhere.yaml", "/nowhere.yaml")]
    public async Task An_agent_that_cannot_be_as_told_says_why_in_one_line(string command, string text)
    {
        var result = await CommandLine.RunAsync(command.Split(' '));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(text, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task All_wrong_flags_and_fields_are_told_at_once()
    {
        var config = _scratch.Write("fairway.yaml", "nodes: n1\nstop: {policy: leave}\n");

        var result = await CommandLine.RunAsync("agent", "--config", config, "--speaker", "frr", "--drift", "ignore");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(4, result.Error.Trim().Split('\n').Length);
        Assert.Contains($"{config}:1:1: error: nodes: there is no field 'nodes' here; did you mean 'node'?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_reads_configuration_and_documents_and_starts_nothing()
    {
        _scratch.Write("documents/a.yaml", "kind: BgpPeer\n");
        var config = _scratch.Write("fairway.yaml", $"sources: {{files: {{path: {_scratch["documents"]}}}}}\ndataplane: {{kind: none}}\napi: {{socket: {_scratch["agent.sock"]}}}\n");

        var bad = await CommandLine.RunAsync("agent", "--config", config, "--check");
        File.Delete(_scratch["documents/a.yaml"]);
        _scratch.Write("documents/b.yaml", "apiVersion: fairway.dev/v1alpha1\nkind: BgpInstance\nmetadata: {name: default}\nspec: {asn: 64496}\n");
        var good = await CommandLine.RunAsync("agent", "--config", config, "--check");

        Assert.Equal((1, 0), (bad.ExitCode, good.ExitCode));
        Assert.Contains("apiVersion", bad.Output, StringComparison.Ordinal);
        Assert.Equal("1 document, 0 errors, 0 warnings\n", good.Output);
        Assert.False(File.Exists(_scratch["agent.sock"]));
    }

    [Fact]
    public async Task Validate_names_file_line_field_reason_and_the_right_word()
    {
        _scratch.Write("tor.yaml", """
            apiVersion: fairway.dev/v1alpha1
            kind: BgpPeer
            metadata: {name: tor1}
            spec:
              address: 192.0.2.1
              asn: 64497
              timers: {hodl: 30s}
            """);

        var text = await CommandLine.RunAsync("validate", _scratch.Path);
        var json = await CommandLine.RunAsync("validate", _scratch.Path, "-o", "json");

        Assert.Equal((1, 1), (text.ExitCode, json.ExitCode));
        Assert.Equal($"{_scratch["tor.yaml"]}:7:12: error: BgpPeer/tor1 spec.timers.hodl: there is no field 'hodl' here; did you mean 'hold'? (UnknownField)\n1 document, 1 error, 0 warnings\n", text.Output);
        Assert.Contains("\"line\":7,\"object\":\"BgpPeer/tor1\",\"field\":\"spec.timers.hodl\",\"reason\":\"UnknownField\"", json.Output, StringComparison.Ordinal);
        Assert.Contains("\"suggestion\":\"hold\"", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_of_nothing_is_an_error()
    {
        var result = await CommandLine.RunAsync("validate", _scratch["nowhere"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nowhere", result.Output, StringComparison.Ordinal);
    }
}
