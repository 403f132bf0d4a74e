using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing;
using Fairway.Testing.Mrt;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>The whole Internet table of the corpus, from a stub through one speaker to another.</summary>
public sealed class FullTableTests
{
    private const string Source = "127.0.0.3";

    [CorpusFact]
    public async Task The_whole_Internet_table_arrives_and_is_passed_on_unchanged_but_for_our_AS()
    {
        var records = MrtReader.Read(Corpus.PathOf("mrt/ripe-bgpdump/data/updates.et-header.2015.gz")).ToList();
        var expected = Decode(records);
        Assert.Equal(577_706 - 3 - 4, expected.Count);
        await using var pair = await SpeakerPair.StartAsync();
        await pair.ConnectAsync();
        var asn = records[0].PeerAsn.Value;
        await pair.Left.SetPeerAsync(TestSpeaker.PeerOf(Source, pair.Port, asn) with { Passive = true, EnforceFirstAsn = false }); // it was a route server
        using var stub = await StubPeer.ConnectAsync(IpAddr.Parse(Source), IpAddr.Parse(SpeakerPair.LeftAddress), pair.Port);
        await stub.OpenAsync(StubPeer.OpenOf(asn, Source, TimeSpan.FromSeconds(90)));

        foreach (var record in records.Where(IsUpdate))
        {
            await stub.SendAsync(record.Message);
        }

        await ArrivedAsync(pair.Left, Source, expected.Count);
        await ArrivedAsync(pair.Right, SpeakerPair.LeftAddress, expected.Count);
        AssertSame(expected, await pair.Left.RoutesAsync(), route => route.AsPath);
        AssertSame(expected, await pair.Right.RoutesAsync(), route => route.AsPath.Prepend(new Asn(SpeakerPair.LeftAsn)));
    }

    private static Task ArrivedAsync(TestSpeaker speaker, string peer, int count) =>
        EventuallyLong(async () => (await speaker.PeerAsync(peer)).Accepted == count, $"{count} prefixes from {peer}");

    /// <summary>
    /// Prefixes and the attributes they had last, as the decoder sees them: of 577,706 that were announced three were withdrawn again, and four
    /// have AS 0 in their path (RFC 7607).
    /// </summary>
    private static Dictionary<IpPrefix, RouteAttributes> Decode(IEnumerable<MrtRecord> records)
    {
        var routes = new Dictionary<IpPrefix, RouteAttributes>();
        foreach (var record in records.Where(IsUpdate))
        {
            var options = new SessionCodecOptions { FourOctetAs = record.FourOctetAs };
            var update = (UpdateMessage)BgpMessageCodec.Decode(record.Message.Span, options).Value!;
            foreach (var prefix in update.Withdrawn)
            {
                routes.Remove(prefix);
            }

            foreach (var announced in update.Announced)
            {
                foreach (var prefix in announced.Prefixes)
                {
                    routes[prefix] = announced.Attributes.Value.ToRouteAttributes();
                }
            }
        }

        return routes;
    }

    private static bool IsUpdate(MrtRecord record) => record.Message.Span[18] == (byte)BgpMessageType.Update;

    private static void AssertSame(Dictionary<IpPrefix, RouteAttributes> expected, List<RouteRow> actual, Func<RouteAttributes, AsPath> path)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var row in actual)
        {
            var wanted = expected[row.Prefix];
            Assert.Equal(
                (row.Prefix, path(wanted), wanted.Communities, wanted.LargeCommunities, wanted.Origin),
                (row.Prefix, row.Attributes.AsPath, row.Attributes.Communities, row.Attributes.LargeCommunities, row.Attributes.Origin));
        }
    }

    private static async Task EventuallyLong(Func<ValueTask<bool>> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(3), $"did not happen: {what}");
            await Task.Delay(100);
        }
    }
}
