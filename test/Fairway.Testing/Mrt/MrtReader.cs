using System.Buffers.Binary;
using System.IO.Compression;
using Fairway.Net;

namespace Fairway.Testing.Mrt;

/// <summary>Reads the BGP messages out of MRT files (RFC 6396), plain or gzipped; other records are passed over.</summary>
public static class MrtReader
{
    private const int Bgp4Mp = 16;
    private const int Bgp4MpExtendedTime = 17;

    public static IEnumerable<MrtRecord> Read(string path)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? (Stream)new GZipStream(file, CompressionMode.Decompress) : file;
        var header = new byte[12];
        while (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            var body = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8))];
            stream.ReadExactly(body);
            if (Parse(header, body) is { } record)
            {
                yield return record;
            }
        }
    }

    private static MrtRecord? Parse(ReadOnlySpan<byte> header, ReadOnlyMemory<byte> body)
    {
        var type = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        var subtype = (Subtype)BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
        if (type is not (Bgp4Mp or Bgp4MpExtendedTime) || !Enum.IsDefined(subtype))
        {
            return null;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(header));
        if (type == Bgp4MpExtendedTime)
        {
            time = time.AddMicroseconds(BinaryPrimitives.ReadUInt32BigEndian(body.Span));
            body = body[4..];
        }

        return ParseMessage(subtype, body) with { Time = time, IsExtendedTime = type == Bgp4MpExtendedTime };
    }

    // Peer AS, local AS, interface (16), AFI (16), peer address, local address, message
    private static MrtRecord ParseMessage(Subtype subtype, ReadOnlyMemory<byte> body)
    {
        var four = subtype is Subtype.MessageAs4 or Subtype.MessageAs4Local or Subtype.MessageAs4AddPath or Subtype.MessageAs4LocalAddPath;
        var asnSize = four ? 4 : 2;
        var bytes = body.Span;
        var addressSize = BinaryPrimitives.ReadUInt16BigEndian(bytes[((2 * asnSize) + 2)..]) == 2 ? 16 : 4;
        var addresses = (2 * asnSize) + 4;
        return new MrtRecord
        {
            Time = default,
            PeerAsn = ReadAsn(bytes, asnSize),
            LocalAsn = ReadAsn(bytes[asnSize..], asnSize),
            PeerAddress = IpAddr.FromBytes(bytes.Slice(addresses, addressSize)),
            LocalAddress = IpAddr.FromBytes(bytes.Slice(addresses + addressSize, addressSize)),
            FourOctetAs = four,
            IsLocal = subtype is Subtype.MessageLocal or Subtype.MessageAs4Local or Subtype.MessageLocalAddPath or Subtype.MessageAs4LocalAddPath,
            IsAddPath = subtype >= Subtype.MessageAddPath,
            Message = body[(addresses + (2 * addressSize))..],
        };
    }

    private static Asn ReadAsn(ReadOnlySpan<byte> bytes, int size) =>
        new(size == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes));

    /// <summary>RFC 6396 §4.4 and RFC 8050 §3; those that hold a message.</summary>
    private enum Subtype
    {
        Message = 1,
        MessageAs4 = 4,
        MessageLocal = 6,
        MessageAs4Local = 7,
        MessageAddPath = 8,
        MessageAs4AddPath = 9,
        MessageLocalAddPath = 10,
        MessageAs4LocalAddPath = 11,
    }
}
