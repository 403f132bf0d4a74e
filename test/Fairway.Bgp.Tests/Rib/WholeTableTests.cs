using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Testing;
using Fairway.Testing.Mrt;
using Xunit.Abstractions;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>A whole Internet table goes in from one peer and out to another.</summary>
public sealed class WholeTableTests(ITestOutputHelper output)
{
    private static readonly Asn Own = new(64497);

    [CorpusFact]
    public void The_whole_Internet_table_of_2015_goes_in_and_comes_out_unchanged()
    {
        var expected = TableOf(Decode());

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = TimeProvider.System.GetTimestamp();
        var world = new RibWorld(Own);
        var feed = world.Up(RibWorld.External("198.51.100.1", 64501));
        foreach (var update in Decode())
            world.Rib.Learn(feed, update);
        world.Process();
        var imported = TimeProvider.System.GetElapsedTime(clock);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.Equal(expected.Count, world.Rib.Size.Prefixes);
        Assert.Equal(expected.Count, world.Rib.Count(feed).Accepted);

        // An external peer's view of it: next hop and MED aside, one more AS in front.
        clock = TimeProvider.System.GetTimestamp();
        var receiver = world.Up(RibWorld.External("198.51.100.2", 64502));
        var bytes = world.Write(receiver);
        var exported = TimeProvider.System.GetElapsedTime(clock);
        var model = new ModelReceiver(fourOctetAs: true, isInternal: false);
        model.Receive(bytes);

        Assert.Equal(expected.Count, model.Table.Count);
        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], model.EndOfRibs.Order());
        foreach (var (prefix, sent) in model.Table)
        {
            var learned = expected[prefix].Value;
            Assert.Equal(learned.AsPath!.Value.Prepend(Own), sent.Value.AsPath);
            Assert.Equal((learned.Origin, learned.Communities), (sent.Value.Origin, sent.Value.Communities));
        }

        Assert.Empty(world.Rib.Audit(20_000));
        output.WriteLine($"{expected.Count} prefixes, {world.Rib.Size}; {memory / 1048576.0:F1} MiB; decode and import {imported.TotalMilliseconds:F0} ms, export {exported.TotalMilliseconds:F0} ms, {bytes.Length} octets in {model.Messages} messages");
    }

    private static Dictionary<IpPrefix, AttributeSet> TableOf(IEnumerable<UpdateMessage> updates)
    {
        var table = new Dictionary<IpPrefix, AttributeSet>();
        foreach (var update in updates)
        {
            foreach (var prefix in update.Withdrawn)
                table.Remove(prefix);
            foreach (var routes in update.Announced)
            {
                foreach (var prefix in routes.Prefixes)
                    table[prefix] = routes.Attributes;
            }
        }

        return table;
    }

    private static IEnumerable<UpdateMessage> Decode() =>
        MrtReader.Read(Corpus.PathOf("mrt/ripe-bgpdump/data/updates.et-header.2015.gz"))
            .Select(record => BgpMessageCodec.Decode(record.Message.Span, new() { FourOctetAs = record.FourOctetAs }).Value)
            .OfType<UpdateMessage>();
}
