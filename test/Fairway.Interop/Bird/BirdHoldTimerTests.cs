using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>A peer that says nothing for the hold time is gone, however alive its TCP connection is (RFC 4271 §6.5).</summary>
public sealed class BirdHoldTimerTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_silent_bird_loses_its_sessions_and_routes_and_gets_them_back()
    {
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(lab, new BirdText { Options = "hold time 3;" }, new FairwayText { Options = "timers: {connectRetry: 1s}" });
        await pair.ConvergedAsync();

        Signal(pair, "STOP");
        await pair.KernelHoldsAsync([]);
        foreach (var peer in pair.Fairway.Rows("peers"))
        {
            Assert.NotEqual("Established", peer.GetProperty("state").GetString());
            Assert.Contains("silent for the hold time", peer.GetProperty("lastError").GetString());
        }

        Signal(pair, "CONT");
        await pair.ConvergedAsync();
    }

    private static void Signal(BirdPair pair, string signal) => pair.BirdNode.Exec("sh", "-c", $"kill -{signal} {pair.Bird.Process.Id}");
}
