using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>We help a BIRD that restarts (RFC 4724 §4.2): its routes stay in our kernel until it has said which it still has.</summary>
public sealed class BirdHelperTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_killed_bird_returns_and_no_route_that_it_kept_was_deleted()
    {
        string[] gone = [BirdPair.BirdPrefixes[3], BirdPair.BirdPrefixes[13]];
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(lab, new BirdText { Options = "graceful restart yes;" }, new FairwayText());
        await pair.ConvergedAsync();
        var monitor = await RouteMonitor.StartAsync(pair.Node);

        await pair.Bird.KillAsync();
        await Eventually.Equal(20, () => Stale(pair).Count(stale => stale), "we keep BIRD's routes as stale");
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes);

        var without = new BirdText { Options = "graceful restart yes;", Prefixes = [.. BirdPair.BirdPrefixes.Except(gone)] };
        await pair.Bird.StartAgainAsync(recover: true, without.ToString());
        await pair.EstablishedAsync();
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes.Except(gone));
        await pair.BirdHoldsAsync(BirdPair.OurPrefixes);

        Assert.Equal(18, Stale(pair).Count(stale => !stale));
        var deletions = await monitor.DeletionsAsync();
        Assert.Equal(gone.Length, deletions.Count);
        Assert.All(gone, prefix => Assert.Single(deletions, line => line.Contains($" {prefix} ", StringComparison.Ordinal)));
    }

    private static IEnumerable<bool> Stale(BirdPair pair) => BirdPair.Sessions.SelectMany(pair.Fairway.LearnedFrom).Select(route => route.Stale);
}
