using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>A mistake in the directory of documents costs nothing: BIRD gets not one UPDATE until the documents are right again.</summary>
public sealed class BirdBadDocumentTests(ITestOutputHelper output)
{
    private static readonly string Good = FairwayText.Advertisement("ours", BirdPair.OurPrefixes);

    [Fact]
    public async Task A_document_that_becomes_invalid_sends_no_update_until_it_is_corrected()
    {
        await using var lab = new NetworkLab(output);
        var pair = await ConvergedAsync(lab);
        var received = pair.Received();

        pair.Fairway.Write("ours.yaml", Good.Replace("prefixes:", "prefixez:", StringComparison.Ordinal));
        await StatusSaysAsync(pair, "prefixez");

        await OneMorePrefixIsOneMoreUpdateAsync(pair, received);
    }

    [Fact]
    public async Task A_half_written_file_sends_no_update_until_it_is_whole()
    {
        await using var lab = new NetworkLab(output);
        var pair = await ConvergedAsync(lab);
        var received = pair.Received();

        File.WriteAllText(Path.Combine(pair.Fairway.Documents, "ours.yaml"), Good[..(Good.Length / 2)]);
        await StatusSaysAsync(pair, "ours.yaml");

        await OneMorePrefixIsOneMoreUpdateAsync(pair, received);
    }

    [Fact]
    public async Task A_directory_that_moves_away_sends_no_update_and_counts_again_when_it_is_back()
    {
        await using var lab = new NetworkLab(output);
        var pair = await ConvergedAsync(lab);
        var received = pair.Received();
        var away = pair.Fairway.Documents + ".away";

        Directory.Move(pair.Fairway.Documents, away);
        await Eventually.Equal("missing", () => SourceState(pair), "status tells that the directory is gone");
        Directory.Move(away, pair.Fairway.Documents);
        await Eventually.Equal("ready", () => SourceState(pair), "status tells that it is back");

        await OneMorePrefixIsOneMoreUpdateAsync(pair, received);
    }

    private static async Task<BirdPair> ConvergedAsync(NetworkLab lab)
    {
        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText());
        await pair.ConvergedAsync();
        return pair;
    }

    private static Task StatusSaysAsync(BirdPair pair, string words)
        => Eventually.Passes(() => Assert.Contains(words, pair.Fairway.Ask("status").GetProperty("warnings").ToString()), "status shows the mistake");

    // An UPDATE that the mistake had caused would have come before this one, in the same session or the other.
    private static async Task OneMorePrefixIsOneMoreUpdateAsync(BirdPair pair, BirdCounters before)
    {
        string[] prefixes = [.. BirdPair.OurPrefixes, "198.51.100.240/28", "2001:db8:ff::/48"];
        await pair.BirdHoldsAsync(BirdPair.OurPrefixes);
        Assert.Equal(before, pair.Received());

        pair.Fairway.Write("ours.yaml", FairwayText.Advertisement("ours", prefixes));

        await pair.BirdHoldsAsync(prefixes);
        Assert.Equal(before with { Updates = before.Updates + 2 }, pair.Received());
    }

    private static string SourceState(BirdPair pair)
        => pair.Fairway.Ask("status").GetProperty("sources").EnumerateArray().Single().GetProperty("state").GetString()!;
}
