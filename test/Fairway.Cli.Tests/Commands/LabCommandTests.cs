using System.Text.Json.Nodes;
using Fairway.Cli.Lab;

namespace Fairway.Cli.Tests.Commands;

public sealed class LabCommandTests
{
    [Fact]
    public async Task Once_ends_when_every_agent_holds_the_prefixes_of_the_others()
    {
        var result = await CommandLine.RunAsync("lab", "--once", "-o", "json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lab = JsonNode.Parse(result.Output)!;
        Assert.True((bool)lab["converged"]!);
        Assert.InRange((double)lab["seconds"]!, 0, 30);
        Assert.Equal(["tor", "node-a", "node-b"], lab["agents"]!.AsArray().Select(agent => (string?)agent!["node"]));
        foreach (var agent in lab["agents"]!.AsArray())
        {
            var node = LabFiles.Nodes.Single(node => node.Name == (string?)agent!["node"]);
            Assert.Equal(node.Peers.Order(), agent!["peers"]!.AsArray().Select(peer => (string?)peer!["name"]).Order());
            Assert.All(agent["peers"]!.AsArray(), peer => Assert.Equal("Established", (string?)peer!["state"]));
            Assert.Equal(node.Prefixes.Order(), agent["prefixes"]!.AsArray().Select(prefix => (string?)prefix!["prefix"]).Order());
            var held = agent["routes"]!.AsArray().Where(route => (bool)route!["best"]!).Select(route => (string?)route!["prefix"]);
            Assert.Equal(LabFiles.Nodes.SelectMany(other => other.Prefixes).Order(), held.Order());
        }
    }

    [Fact]
    public async Task Ending_it_is_no_error_and_leaves_no_directory_behind()
    {
        var before = Leftovers();
        using var end = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new StringWriter();

        var running = FairwayCli.RunAsync(["lab"], output, error, end.Token);
        await Testing.Time.Eventually.HoldsAsync(() => Leftovers().Except(before).Any(HasSockets), "the agents of the lab listen");
        await end.CancelAsync();

        Assert.Equal((0, ""), (await running, error.ToString()));
        Assert.DoesNotContain(Leftovers().Except(before), HasSockets);
    }

    private static string[] Leftovers() => Directory.GetDirectories(Path.GetTempPath(), "fairway-lab-*");

    private static bool HasSockets(string directory) => LabFiles.Nodes.All(node => File.Exists(Path.Combine(directory, node.Name + ".sock")));
}
