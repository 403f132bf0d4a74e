using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>
/// We restart and BIRD helps (RFC 4724 §4.1): however the agent ended, no route that stayed wanted leaves BIRD's kernel or ours,
/// and what changed while we were away is put right once we have heard everybody.
/// </summary>
public sealed class BirdRestartTests(ITestOutputHelper output)
{
    private const string KernelOfBird = """
        protocol kernel kernel4 { ipv4 { import none; export where source = RTS_BGP; }; }
        protocol kernel kernel6 { ipv6 { import none; export where source = RTS_BGP; }; }
        """;

    private static readonly string[] Extra = ["198.51.100.240/28", "2001:db8:ff::/48"];
    private static readonly string[] Gone = [BirdPair.BirdPrefixes[3], BirdPair.BirdPrefixes[13]];

    /// <summary>BIRD keeps routes of others by default, and offers to restart itself only where it is told to.</summary>
    public static TheoryData<string> Roles => ["graceful restart aware;", "graceful restart yes;"];

    [Theory]
    [MemberData(nameof(Roles))]
    public Task After_kill_9_nothing_wanted_was_deleted(string role) => RestartAsync(role, fairway => fairway.KillAsync());

    [Theory]
    [MemberData(nameof(Roles))]
    public Task After_sigterm_nothing_wanted_was_deleted(string role) => RestartAsync(role, fairway => fairway.TerminateAsync());

    [Theory]
    [MemberData(nameof(Roles))]
    public Task After_an_upgrade_nothing_wanted_was_deleted(string role) => RestartAsync(role, async fairway =>
    {
        var copy = Path.Combine(Path.GetDirectoryName(fairway.Socket)!, "upgrade");
        Tool.Run("cp", "-r", Path.GetDirectoryName(fairway.Binary)!, copy);
        await fairway.TerminateAsync();
        fairway.Binary = Path.Combine(copy, Path.GetFileName(fairway.Binary));
    });

    private async Task RestartAsync(string role, Func<FairwayRouter, Task> stop)
    {
        var text = new BirdText { Options = role, More = KernelOfBird };
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(lab, text, new FairwayText());
        pair.Fairway.Write("extra.yaml", FairwayText.Advertisement("extra", Extra));
        await pair.EstablishedAsync();
        await pair.BirdHoldsAsync([.. BirdPair.OurPrefixes, .. Extra]);
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes);
        await pair.PeersAreKeptInStateAsync();
        var ourKernel = await RouteMonitor.StartAsync(pair.Node);
        var birdsKernel = await RouteMonitor.StartAsync(pair.BirdNode);

        await stop(pair.Fairway);
        await BirdHelpsAsync(pair);
        pair.Fairway.Remove("extra.yaml");
        pair.Bird.Reconfigure((text with { Prefixes = [.. BirdPair.BirdPrefixes.Except(Gone)] }).ToString());
        await pair.Fairway.StartAgainAsync();

        await pair.EstablishedAsync();
        await pair.BirdHoldsAsync(BirdPair.OurPrefixes);
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes.Except(Gone));
        await OnlyDeletedAsync(ourKernel, Gone);
        await OnlyDeletedAsync(birdsKernel, Extra);
        Assert.All(BirdPair.Sessions, session => Assert.Contains("Restart recovery", pair.Bird.Protocol(session).Details.Split("Neighbor capabilities")[1]));
    }

    private static async Task BirdHelpsAsync(BirdPair pair)
    {
        foreach (var session in BirdPair.Sessions)
        {
            await Eventually.Passes(
                () => Assert.Contains("Neighbor graceful restart active", pair.Bird.Protocol(session).Details), "BIRD keeps our routes");
        }
        await pair.BirdHoldsAsync([.. BirdPair.OurPrefixes, .. Extra]);
    }

    private static async Task OnlyDeletedAsync(RouteMonitor monitor, string[] prefixes)
    {
        var deletions = await monitor.DeletionsAsync();
        Assert.All(prefixes, prefix => Assert.Single(deletions, line => line.Contains($" {prefix} ", StringComparison.Ordinal)));
        Assert.True(deletions.Count == prefixes.Length, string.Join('\n', deletions));
    }
}
