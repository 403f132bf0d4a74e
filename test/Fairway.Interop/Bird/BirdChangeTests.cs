using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>What changes while sessions are up: withdrawals, route refresh (RFC 2918), an import policy.</summary>
public sealed class BirdChangeTests(ITestOutputHelper output)
{
    private const string RejectSome = """
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: RoutePolicy
        metadata: {name: inward}
        spec:
          statements:
            - match: {prefixes: [{prefix: 203.0.113.0/28}, {prefix: "2001:db8:b0::/48"}]}
              then: reject
            - then: accept
        """;

    [Fact]
    public async Task A_withdrawn_prefix_goes_and_nothing_else_moves()
    {
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText());
        await pair.ConvergedAsync();
        var (received, sent) = (pair.Received(), pair.Sent());
        string[] ours = [BirdPair.OurPrefixes[0], BirdPair.OurPrefixes[10]];
        string[] birds = [BirdPair.BirdPrefixes[0], BirdPair.BirdPrefixes[10]];

        pair.Fairway.Write("ours.yaml", FairwayText.Advertisement("ours", BirdPair.OurPrefixes.Except(ours)));
        pair.Bird.Reconfigure(new BirdText { Prefixes = [.. BirdPair.BirdPrefixes.Except(birds)] }.ToString());

        await pair.BirdHoldsAsync(BirdPair.OurPrefixes.Except(ours));
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes.Except(birds));
        Assert.Equal(received with { Withdraws = received.Withdraws + 2 }, pair.Received());
        Assert.Equal(sent with { Withdraws = sent.Withdraws + 2 }, pair.Sent());
    }

    [Fact]
    public async Task We_send_everything_again_when_bird_asks_for_a_refresh()
    {
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText());
        await pair.ConvergedAsync();
        var received = pair.Received();

        foreach (var session in BirdPair.Sessions)
            pair.Bird.Command($"reload in {session}");

        await Eventually.Equal(received with { Updates = received.Updates + 20 }, pair.Received, "each of our routes came once more");
        await pair.BirdHoldsAsync(BirdPair.OurPrefixes);
    }

    [Fact]
    public async Task A_changed_import_policy_applies_without_a_refresh_or_a_reset()
    {
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText());
        await pair.ConvergedAsync();
        var (sessions, sent) = (Uptimes(pair), pair.Sent());

        pair.Fairway.Write("node.yaml", new FairwayText { Options = "import: [inward]", More = RejectSome }.ToString());
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes.Except(["203.0.113.0/28", "2001:db8:b0::/48"]));
        pair.Fairway.Write("node.yaml", new FairwayText().ToString());
        await pair.KernelHoldsAsync(BirdPair.BirdPrefixes);

        Assert.Equal(sent, pair.Sent());
        Assert.Equal(sessions, Uptimes(pair));
        foreach (var session in BirdPair.Sessions)
            pair.Bird.Command($"reload out {session}");
        await Eventually.Equal(sent.Updates + 20, () => pair.Sent().Updates, "a refresh would have shown in BIRD's counters");
    }

    // "four BGP --- up 12:30:49.723 Established": the time tells one session from the next.
    private static string[] Uptimes(BirdPair pair) => [.. BirdPair.Sessions.Select(session => pair.Bird.Protocol(session).Details.Split('\n')[0])];
}
