using System.Buffers;
using BenchmarkDotNet.Attributes;
using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Bench;

/// <summary>All UPDATEs of the recorded table, 6.4 prefixes each on average.</summary>
[MemoryDiagnoser]
public class UpdateBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1 << 24);
    private byte[][] _messages = [];
    private (AttributeSet Attributes, IpPrefix[] Prefixes)[] _routes = [];

    [GlobalSetup]
    public void Setup()
    {
        _messages = RecordedTable.Messages();
        _routes = [.. RecordedTable.Updates().SelectMany(update => update.Announced).Select(routes => (routes.Attributes, routes.Prefixes.ToArray()))];
    }

    [Benchmark]
    public int Decode()
    {
        var decoded = 0;
        foreach (var message in _messages)
            decoded += BgpMessageCodec.Decode(message, RecordedTable.Codec).IsOk ? 1 : 0;
        return decoded;
    }

    [Benchmark]
    public int Encode()
    {
        _output.ResetWrittenCount();
        var messages = 0;
        foreach (var (attributes, prefixes) in _routes)
            messages += UpdateWriter.WriteAnnouncements(_output, AddressFamily.Ipv4Unicast, attributes, prefixes, fourOctetAs: true);
        return messages;
    }
}
