using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>TCP MD5 (RFC 2385): no key, wrong key, right key, and a key that changes while the session is up.</summary>
public sealed class BirdMd5Tests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("")]
    [InlineData("passive: true")]
    public async Task The_right_key_brings_the_sessions_up_and_the_wrong_one_keeps_them_down(string ourSide)
    {
        await using var lab = new NetworkLab(output);
        var key = lab.WriteFile("bird.key", "not the key\n");
        var pair = await BirdPair.StartAsync(lab, BirdKeyed("correct horse"), OursKeyed(key, ourSide));

        await RefusedSegmentsAsync(pair, "a wrong key");
        AssertDown(pair);

        File.WriteAllText(key, "correct horse\n");
        await pair.ConvergedAsync();
    }

    [Fact]
    public async Task Without_its_key_file_a_peer_stays_down_and_nobody_talks_without_a_key()
    {
        await using var lab = new NetworkLab(output);
        var key = Path.Combine(lab.Folder, "bird.key");
        var pair = await BirdPair.StartAsync(lab, new BirdText(), OursKeyed(key));

        await Eventually.Passes(
            () => Assert.All(pair.Fairway.Rows("peers"), peer => Assert.StartsWith("SecretMissing: ", peer.GetProperty("lastError").GetString())),
            "both peers name the missing key");
        await Eventually.True(
            () => BirdPair.Sessions.All(session => pair.Bird.Protocol(session).Details.Contains("Last error:")),
            "BIRD tried without a key and was refused", () => pair.Bird.Command("show protocols all"));
        AssertDown(pair);

        pair.Bird.Reconfigure(BirdKeyed("correct horse").ToString());
        File.WriteAllText(key, "correct horse\n");
        await pair.ConvergedAsync();
    }

    [Fact]
    public async Task A_key_changes_while_the_agent_runs()
    {
        await using var lab = new NetworkLab(output);
        var key = lab.WriteFile("bird.key", "old key\n");
        var pair = await BirdPair.StartAsync(lab, BirdKeyed("old key"), OursKeyed(key));
        await pair.ConvergedAsync();

        pair.Bird.Reconfigure(BirdKeyed("new key").ToString());
        await RefusedSegmentsAsync(pair, "the new key before we know it");
        File.WriteAllText(key, "new key\n");

        await pair.ConvergedAsync();
    }

    private static BirdText BirdKeyed(string key) => new() { Options = $"password \"{key}\";" };

    private static FairwayText OursKeyed(string file, string more = "") => new()
    {
        Options = $"passwordFrom: {{file: {file}}}\ntimers: {{connectRetry: 1s}}\n{more}".TrimEnd(),
    };

    // The kernel counts the segments whose key is missing or wrong; each end sees the other's.
    private static Task RefusedSegmentsAsync(BirdPair pair, string what)
        => Eventually.True(() => Md5Failures(pair.Node) + Md5Failures(pair.BirdNode) > 3, $"segments with {what} were refused");

    private static int Md5Failures(LabNode node)
    {
        var lines = node.Exec("cat", "/proc/net/netstat").Split('\n').Where(line => line.StartsWith("TcpExt:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        return lines[0].Zip(lines[1]).Where(pair => pair.First is "TCPMD5NotFound" or "TCPMD5Unexpected" or "TCPMD5Failure").Sum(pair => int.Parse(pair.Second));
    }

    private static void AssertDown(BirdPair pair)
    {
        foreach (var session in BirdPair.Sessions)
        {
            Assert.NotEqual("Established", pair.Fairway.PeerState(session));
            Assert.False(pair.Bird.IsEstablished(session));
        }
    }
}
