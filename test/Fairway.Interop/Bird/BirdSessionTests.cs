using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>Either side may open the connection, over either family (RFC 4271 §8.1.1).</summary>
public sealed class BirdSessionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Bird_opens_to_our_listener_over_both_families()
    {
        await using var lab = new NetworkLab(output);

        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText { Options = "passive: true" });
        await pair.EstablishedAsync();

        Assert.Equal(["192.0.2.1", "2001:db8:1::1"], ConnectionsTo179(pair.Node));
        Assert.Empty(ConnectionsTo179(pair.BirdNode));
    }

    [Fact]
    public async Task We_open_to_a_passive_bird_over_both_families()
    {
        await using var lab = new NetworkLab(output);

        var pair = await BirdPair.StartAsync(lab, new BirdText { Options = "passive yes;" }, new FairwayText { Options = "timers: {connectRetry: 1s}" });
        await pair.EstablishedAsync();

        Assert.Equal(["192.0.2.2", "2001:db8:1::2"], ConnectionsTo179(pair.BirdNode));
        Assert.Empty(ConnectionsTo179(pair.Node));
    }

    [Fact]
    public async Task Where_both_open_one_connection_stays()
    {
        await using var lab = new NetworkLab(output);

        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText { Options = "timers: {connectRetry: 1s}" });
        await pair.ConvergedAsync();

        await Eventually.Equal(
            2, () => ConnectionsTo179(pair.Node).Length + ConnectionsTo179(pair.BirdNode).Length, "one connection a session is left");
    }

    // Who opened the connections that this node accepted at the BGP port.
    private static string[] ConnectionsTo179(LabNode node)
    {
        var lines = node.Exec("ss", "-Htn", "state", "established", "sport", "=", ":179").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var peers = lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]);
        return [.. peers.Select(peer => peer[..peer.LastIndexOf(':')].Trim('[', ']').Replace("::ffff:", "")).Order(StringComparer.Ordinal)];
    }
}
