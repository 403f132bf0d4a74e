using System.Net;
using System.Net.Sockets;
using Fairway.Speakers;
using Fairway.Testing.Time;

namespace Fairway.Agent.Tests.Running;

/// <summary>Whole agents in this process, on loopback.</summary>
public sealed class AgentHostTests : IAsyncLifetime
{
    private readonly TestNode _a = TestNode.At("127.0.71.1", "node-a");
    private readonly TestNode _b = TestNode.At("127.0.71.2", "node-b");

    public Task InitializeAsync()
    {
        _a.WriteBgp(64501, (_b, 64502));
        _a.WritePrefixes("192.0.2.1/32");
        _b.WriteBgp(64502, (_a, 64501));
        _b.WritePrefixes("198.51.100.0/24");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Two_agents_exchange_what_their_documents_wish_and_say_so()
    {
        await StartBothAsync();
        await Eventually.HoldsAsync(async () => (await _a.StatusAsync()).HasAsn, "the instance is published");

        var status = await _a.StatusAsync();
        Assert.Equal(("node-a", 64501u, "native", "none"), (status.Node, status.Asn, status.Speaker, status.Dataplane));
        Assert.Equal((1u, 1u, 1u, 0u), (status.PeersUp, status.PeersTotal, status.PrefixesDesired, status.DriftOpen));
        await Eventually.HoldsAsync(async () => (await _a.StatusAsync()).PrefixesAdvertised == 1, "the prefix counts as advertised");
        Assert.False(status.Restarting);
        Assert.Empty(status.Warnings);
        var route = Assert.Single(await _a.LearnedAsync());
        Assert.Equal(("198.51.100.0/24", "node-b", _b.Address.ToString()), (route.Prefix, route.Peer, Assert.Single(route.NextHops)));
    }

    [Fact]
    public async Task One_changed_prefix_costs_one_prefix()
    {
        await StartBothAsync();
        var before = await _b.UpdatesReceivedAsync();

        _a.WritePrefixes("192.0.2.1/32", "192.0.2.2/32");
        await _b.HoldsAsync("192.0.2.1/32", "192.0.2.2/32");

        Assert.Equal(before + 1, await _b.UpdatesReceivedAsync());
    }

    [Fact]
    public async Task An_invalid_document_changes_nothing_and_is_told_until_it_is_mended()
    {
        await StartBothAsync();
        var before = await _b.UpdatesReceivedAsync();

        _a.Write("prefixes.yaml", """
            apiVersion: fairway.dev/v1alpha1
            kind: Advertisement
            metadata: {name: vips}
            spec: {prefixes: [192.0.2.1/33]}
            """);
        await Eventually.HoldsAsync(async () => (await _a.StatusAsync()).Warnings.Any(warning => warning.Contains("last good version", StringComparison.Ordinal)), "the warning is shown");
        Assert.Equal("192.0.2.1/32", Assert.Single(await _b.LearnedAsync()).Prefix);
        Assert.Equal(before, await _b.UpdatesReceivedAsync());

        _a.WritePrefixes("192.0.2.9/32");
        await _b.HoldsAsync("192.0.2.9/32");
        Assert.Empty((await _a.StatusAsync()).Warnings);
    }

    [Fact]
    public async Task A_restart_with_state_withdraws_nothing_at_the_neighbour()
    {
        await StartBothAsync();

        await _a.StopAsync();
        await Eventually.HoldsAsync(async () => (await _b.LearnedAsync()) is [{ Stale: true, Best: true, Prefix: "192.0.2.1/32" }], "the route is kept as stale");

        await _a.StartAsync();
        var gone = false;
        await Eventually.HoldsAsync(async () =>
        {
            var routes = await _b.LearnedAsync();
            gone |= routes.Count == 0;
            return routes is [{ Stale: false }];
        }, "the route is fresh again");
        Assert.False(gone);
        await _a.HoldsAsync("198.51.100.0/24");
        await Eventually.HoldsAsync(async () => !(await _a.StatusAsync()).Restarting, "re-learning is complete");
    }

    [Fact]
    public async Task What_is_no_longer_wished_after_a_restart_goes_once_the_restart_is_complete()
    {
        await StartBothAsync();
        await _a.StopAsync();
        _a.WritePrefixes("192.0.2.7/32");

        await _a.StartAsync();

        await _b.HoldsAsync("192.0.2.7/32");
    }

    [Fact]
    public async Task Documents_that_vanished_while_the_agent_was_down_stay_in_force()
    {
        await StartBothAsync();
        await _a.StopAsync();
        Directory.Move(_a.Documents, _a.Documents + ".moved");

        await _a.StartAsync();

        await _b.HoldsAsync("192.0.2.1/32");
        Assert.Equal("missing", Assert.Single((await _a.StatusAsync()).Sources).State);
        Directory.Move(_a.Documents + ".moved", _a.Documents);
    }

    [Fact]
    public async Task Stopping_with_withdraw_takes_the_routes_back_at_once()
    {
        await using var c = TestNode.At("127.0.71.1", "node-a", _a.Options with { Stop = StopPolicy.Withdraw });
        await c.StartAsync();
        await _b.StartAsync();
        await _b.HoldsAsync("192.0.2.1/32");

        await c.StopAsync();

        await Eventually.HoldsAsync(async () => (await _b.LearnedAsync()).Count == 0, "the routes are withdrawn");
    }

    [Fact]
    public async Task Probes_follow_the_agent_from_waiting_to_ready()
    {
        Directory.Move(_a.Documents, _a.Documents + ".moved");
        await _a.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await ProbeAsync("/healthz")).Status);
        var (status, text) = await ProbeAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("documents", text, StringComparison.Ordinal);

        Directory.Move(_a.Documents + ".moved", _a.Documents);

        await Eventually.HoldsAsync(async () => (await ProbeAsync("/readyz")).Status is HttpStatusCode.OK, "the agent is ready without a session");
    }

    [Fact]
    public async Task Not_ready_and_said_why_while_the_speakers_port_is_taken()
    {
        using var taken = new TcpListener(_a.Address, _a.Port);
        taken.Start();

        await _a.StartAsync();

        await Eventually.HoldsAsync(async () => (await ProbeAsync("/readyz")).Text.Contains("does not listen", StringComparison.Ordinal), "the port in use is told");
        taken.Stop();
        await Eventually.HoldsAsync(async () => (await ProbeAsync("/readyz")).Status is HttpStatusCode.OK, "the agent listens once the port is free");
    }

    [Fact]
    public async Task A_start_that_fails_says_what_is_wrong_and_leaves_the_state_of_the_earlier_run()
    {
        await StartBothAsync();
        await _a.StopAsync();
        var before = await File.ReadAllTextAsync(Path.Combine(_a.State, "node.json"));
        using var taken = new TcpListener(_a.Options.Http!);
        taken.Start();

        var error = await Assert.ThrowsAsync<AgentException>(_a.StartAsync);

        Assert.Contains(_a.Options.Http!.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(_a.State, "node.json")));
        taken.Stop();
        await _a.StartAsync();
        await _b.HoldsAsync("192.0.2.1/32");
    }

    [Fact]
    public async Task A_second_agent_on_the_same_socket_is_refused()
    {
        await _a.StartAsync();
        await using var second = TestNode.At("127.0.71.3", "second", _a.Options with { Http = null, State = null });

        var error = await Assert.ThrowsAsync<AgentException>(second.StartAsync);

        Assert.Contains("another process listens there already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_that_cannot_be_are_refused_all_at_once()
    {
        var options = new AgentOptions { Node = "n1", Dataplane = new DataplaneOptions { Protocol = 4, Table = 255 } };

        var error = await Assert.ThrowsAsync<AgentException>(() =>
            AgentHost.StartAsync(options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, CancellationToken.None));

        Assert.Equal(["sources.files.path", "dataplane.protocol", "dataplane.table"], error.Message.Split('\n').Select(line => line.Split(':')[0]));
    }

    private async Task StartBothAsync()
    {
        await _a.StartAsync();
        await _b.StartAsync();
        await _a.HoldsAsync("198.51.100.0/24");
        await _b.HoldsAsync("192.0.2.1/32");
    }

    private async Task<(HttpStatusCode Status, string Text)> ProbeAsync(string path)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://{_a.Options.Http}{path}"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
