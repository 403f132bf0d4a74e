using System.IO.Compression;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Testing;
using Fairway.Testing.Mrt;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Recorded sessions decode to what another decoder printed for them.</summary>
public class MrtCorpusTests
{
    private const string WholeTable = "updates.et-header.2015.gz";
    private const string TrailingBits = "updates.nlri_mask_trailing_bits.gz";

    [CorpusFact]
    public void The_whole_Internet_table_equals_the_bgpdump_text()
    {
        using var expected = ExpectedLines(WholeTable).GetEnumerator();
        var prefixes = new HashSet<IpPrefix>();
        var sets = new HashSet<AttributeSet>();
        var (updates, markers, refused, discarded) = (0, 0, 0, 0);

        foreach (var (record, message) in DecodeAll(WholeTable))
        {
            if (message is not UpdateMessage update)
            {
                continue;
            }

            updates++;
            markers += update.EndOfRib == AddressFamily.Ipv4Unicast ? 1 : 0;
            prefixes.UnionWith(update.Announced.SelectMany(routes => routes.Prefixes));
            sets.UnionWith(update.Announced.Select(routes => routes.Attributes));
            if (update.Treatment is UpdateTreatment.TreatAsWithdraw)
            {
                Assert.Equal(["AS 0"], update.Problems.Select(problem => problem.Reason));
                refused += AssertSamePrefixes(update.Withdrawn, expected);
                prefixes.UnionWith(update.Withdrawn);
                continue;
            }

            // RFC 7607 §2: an AGGREGATOR with AS 0 is discarded; bgpdump prints it.
            var isDiscarded = update.Problems.Contains(new AttributeProblem(PathAttributeType.Aggregator, UpdateTreatment.AttributeDiscard, "AS 0"));
            Assert.Equal(isDiscarded ? 1 : 0, update.Problems.Count);
            discarded += isDiscarded ? 1 : 0;
            AssertSameLines(BgpDumpText.Lines(record, update), expected, isDiscarded ? WithoutAggregator : line => line);
        }

        Assert.False(expected.MoveNext());
        Assert.Equal((89_679, 1), (updates, markers));
        // One UPDATE of four prefixes has AS 0 in its path: RFC 7607 §2 keeps those out, bgpdump prints them.
        Assert.Equal((577_706, 4, 3), (prefixes.Count, refused, discarded));
        // Of 89,641 on the wire one has AS 0 in its path, and three equal others once their AGGREGATOR is gone.
        Assert.Equal(89_637, sets.Count);
    }

    // 21: host bits beyond the mask. The recorded NLRI field ends with a lone length octet, which is no prefix (RFC 7606 §5.3).
    [CorpusFact]
    public void Host_bits_are_masked_and_a_lone_length_octet_resets()
    {
        var record = Assert.Single(MrtReader.Read(Corpus.PathOf($"mrt/ripe-bgpdump/data/{TrailingBits}")));
        var whole = record.Message.ToArray();
        var shortened = whole[..^1];
        shortened[17]--;

        var error = BgpMessageCodec.Decode(whole, OptionsOf(record)).Error;
        var update = Assert.IsType<UpdateMessage>(BgpMessageCodec.Decode(shortened, OptionsOf(record)).Value);

        Assert.Equal(NotificationMessage.Update(UpdateSubcode.InvalidNetworkField), error?.Notification);
        Assert.Equal(ExpectedLines(TrailingBits), BgpDumpText.Lines(record, update));
    }

    // 43: without RFC 8654 a message of 36 KB is a header error.
    [CorpusFact]
    public void A_message_of_36_KB_is_a_bad_length()
    {
        var record = MrtReader.Read(Corpus.PathOf("mrt/ripe-bgpdump/data/updates.long_withdrawal.gz")).First();

        var error = BgpMessageCodec.Decode(record.Message.Span, OptionsOf(record)).Error;

        Assert.Equal(NotificationMessage.Header(HeaderSubcode.BadMessageLength, record.Message.Span.Slice(16, 2)), error?.Notification);
    }

    private static IEnumerable<(MrtRecord Record, BgpMessage Message)> DecodeAll(string file)
    {
        foreach (var record in MrtReader.Read(Corpus.PathOf($"mrt/ripe-bgpdump/data/{file}")))
        {
            var decoded = BgpMessageCodec.Decode(record.Message.Span, OptionsOf(record));
            Assert.True(decoded.IsOk, decoded.Error?.Reason);
            yield return (record, decoded.Value);
        }
    }

    private static void AssertSameLines(IEnumerable<string> lines, IEnumerator<string> expected, Func<string, string> adapt)
    {
        foreach (var line in lines)
        {
            Assert.True(expected.MoveNext());
            Assert.Equal(adapt(expected.Current), line);
        }
    }

    private static string WithoutAggregator(string line) => $"{string.Join('|', line.Split('|')[..13])}||";

    private static int AssertSamePrefixes(ValueList<IpPrefix> prefixes, IEnumerator<string> expected)
    {
        foreach (var prefix in prefixes)
        {
            Assert.True(expected.MoveNext());
            Assert.Equal(prefix.ToString(), expected.Current.Split('|')[5]);
        }

        return prefixes.Count;
    }

    private static SessionCodecOptions OptionsOf(MrtRecord record) =>
        new() { FourOctetAs = record.FourOctetAs, IsInternal = record.PeerAsn == record.LocalAsn, PeerAddress = record.PeerAddress };

    private static IEnumerable<string> ExpectedLines(string file)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Corpus.PathOf($"mrt/ripe-bgpdump/expect/{file}.bgp.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            if (!line.Contains("|STATE|", StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }
}
