using System.Buffers;
using BenchmarkDotNet.Attributes;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;

namespace Fairway.Bench;

/// <summary>A whole table in from one peer, decided, and out to another.</summary>
[MemoryDiagnoser]
public class RibBenchmarks
{
    private static readonly RibOptions Options = new() { Asn = new(64497), RouterId = RouterId.Parse("192.0.2.1") };
    private UpdateMessage[] _updates = [];
    private BgpRib _full = Empty();

    [GlobalSetup]
    public void Setup()
    {
        _updates = RecordedTable.Updates();
        _full = Import();
    }

    [Benchmark]
    public BgpRib Import()
    {
        var rib = Empty();
        var feed = Up(rib, "198.51.100.1");
        foreach (var update in _updates)
            rib.Learn(feed, update);
        Process(rib);
        return rib;
    }

    [Benchmark]
    public long InitialDump()
    {
        var peer = Up(_full, "198.51.100.2");
        var output = new ArrayBufferWriter<byte>(1 << 17);
        var octets = 0L;
        Process(_full);
        while (_full.HasUpdates(peer))
        {
            octets += _full.WriteUpdates(peer, output, 65_536).Bytes;
            output.ResetWrittenCount();
        }

        _full.RemovePeer(peer);
        return octets;
    }

    private static BgpRib Empty() => new(Options, new AllReachable());

    private static RibPeer Up(BgpRib rib, string address)
    {
        var peer = rib.AddPeer(new() { Name = address, Key = new PeerKey(IpAddr.Parse(address)) });
        rib.PeerUp(peer, new() { PeerAsn = new(64501), PeerRouterId = new(1), Families = [AddressFamily.Ipv4Unicast], LocalIPv4 = IpAddr.Parse("198.51.100.254") });
        return peer;
    }

    private static void Process(BgpRib rib)
    {
        while (rib.HasWork)
            rib.Process(10_000);
    }

    private sealed class AllReachable : INextHopResolver
    {
        public NextHopResolution Resolve(in NextHopQuery query, IpPrefix? excluding = null) => NextHopResolution.Unchecked;
    }
}
