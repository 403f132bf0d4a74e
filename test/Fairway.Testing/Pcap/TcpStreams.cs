using System.Buffers.Binary;

namespace Fairway.Testing.Pcap;

/// <summary>Puts the octets of each direction of each TCP connection in a capture together. A gap ends its stream.</summary>
public static class TcpStreams
{
    // A link header, IPv4 and TCP without options.
    private const int ShortestFrame = 56;

    public static IEnumerable<byte[]> Of(IEnumerable<PcapPacket> packets, ushort port)
    {
        var segments = packets.Select(Parse).OfType<Segment>().Where(segment => segment.SourcePort == port || segment.TargetPort == port);
        return segments.GroupBy(segment => segment.Flow).Select(Assemble);
    }

    private static byte[] Assemble(IEnumerable<Segment> segments)
    {
        var stream = new List<byte>();
        uint? next = null;
        foreach (var segment in segments.OrderBy(segment => segment.Sequence))
        {
            next ??= segment.Sequence;
            var known = (int)(next.Value - segment.Sequence);
            if (known < 0)
            {
                break;
            }

            if (known < segment.Data.Length)
            {
                stream.AddRange(segment.Data.Span[known..]);
                next = segment.Sequence + (uint)segment.Data.Length;
            }
        }

        return [.. stream];
    }

    private static Segment? Parse(PcapPacket packet)
    {
        if (packet.Data.Length < ShortestFrame)
        {
            return null;
        }

        var ip = packet.LinkType switch
        {
            0 or 9 => packet.Data[4..],
            1 => packet.Data[(packet.Data.Span[12] == 0x81 ? 18 : 14)..],
            113 => packet.Data[16..],
            _ => packet.Data,
        };
        return (ip.Span[0] >> 4) switch
        {
            4 when ip.Span[9] == 6 => ParseTcp(ip[..Math.Min(ip.Length, BinaryPrimitives.ReadUInt16BigEndian(ip.Span[2..]))], (ip.Span[0] & 15) * 4, ip.Slice(12, 8)),
            6 when ip.Span[6] == 6 => ParseTcp(ip[..Math.Min(ip.Length, 40 + BinaryPrimitives.ReadUInt16BigEndian(ip.Span[4..]))], 40, ip.Slice(8, 32)),
            _ => null,
        };
    }

    private static Segment ParseTcp(ReadOnlyMemory<byte> ip, int offset, ReadOnlyMemory<byte> addresses)
    {
        var tcp = ip[offset..];
        var synchronize = (tcp.Span[13] & 2) >> 1; // SYN takes a sequence number of its own
        return new(
            Convert.ToHexString(addresses.Span) + Convert.ToHexString(tcp.Span[..4]),
            BinaryPrimitives.ReadUInt16BigEndian(tcp.Span),
            BinaryPrimitives.ReadUInt16BigEndian(tcp.Span[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(tcp.Span[4..]) + (uint)synchronize,
            tcp[Math.Min(tcp.Length, (tcp.Span[12] >> 4) * 4)..]);
    }

    private sealed record Segment(string Flow, ushort SourcePort, ushort TargetPort, uint Sequence, ReadOnlyMemory<byte> Data);
}
