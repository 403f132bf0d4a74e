using System.Buffers;
using System.Buffers.Binary;
using Fairway.Net;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Wire;

/// <summary>AS_PATH values (RFC 4271 §4.3) with ASNs of two or four octets (RFC 6793 §4).</summary>
internal static class AsPathCodec
{
    private const int SegmentHeader = 2;

    /// <summary>Why the value is malformed (RFC 7606 §7.2, RFC 7607 §2), or null.</summary>
    public static string? FindProblem(ReadOnlySpan<byte> value, int asnSize)
    {
        while (!value.IsEmpty)
        {
            if (value.Length < SegmentHeader || value.Length < SegmentHeader + (value[1] * asnSize))
            {
                return "a segment overruns the attribute";
            }

            if (value[1] == 0)
            {
                return "a segment is empty";
            }

            if ((AsPathSegmentType)value[0] is not (AsPathSegmentType.Set or AsPathSegmentType.Sequence))
            {
                // RFC 5065 §5: confederation segments are an error outside a confederation, and we are in none.
                return $"segment type {value[0]} has no place here";
            }

            var asns = value.Slice(SegmentHeader, value[1] * asnSize);
            if (ContainsZero(asns, asnSize))
            {
                return "AS 0";
            }

            value = value[(SegmentHeader + asns.Length)..];
        }

        return null;
    }

    /// <summary>The first AS of a leading AS_SEQUENCE of a well-formed value, or null.</summary>
    public static Asn? FirstAsn(ReadOnlySpan<byte> value, int asnSize) =>
        value.Length > SegmentHeader && (AsPathSegmentType)value[0] is AsPathSegmentType.Sequence ? ReadAsn(value[SegmentHeader..], asnSize) : null;

    /// <summary>Decodes a value in which <see cref="FindProblem"/> found none.</summary>
    public static AsPath Decode(ReadOnlySpan<byte> value, int asnSize)
    {
        var segments = new List<AsPathSegment>(1);
        while (!value.IsEmpty)
        {
            var asns = new Asn[value[1]];
            for (var i = 0; i < asns.Length; i++)
            {
                asns[i] = ReadAsn(value[(SegmentHeader + (i * asnSize))..], asnSize);
            }

            segments.Add(new((AsPathSegmentType)value[0], ValueList.Create<Asn>(asns)));
            value = value[(SegmentHeader + (asns.Length * asnSize))..];
        }

        return new(segments.ToValueList());
    }

    private static void Encode(AsPath path, int asnSize, IBufferWriter<byte> output)
    {
        foreach (var segment in path.Segments)
        {
            output.WriteByte((byte)segment.Type);
            output.WriteByte(checked((byte)segment.Asns.Count));
            foreach (var asn in segment.Asns)
            {
                WriteAsn(asn, asnSize, output);
            }
        }
    }

    public static ReadOnlySpan<byte> ToBytes(AsPath path, int asnSize)
    {
        var output = new ArrayBufferWriter<byte>();
        Encode(path, asnSize, output);
        return output.WrittenSpan;
    }

    /// <summary>Two octets hold AS_TRANS where they cannot hold the AS (RFC 6793 §4.2.2).</summary>
    public static void WriteAsn(Asn asn, int asnSize, IBufferWriter<byte> output)
    {
        if (asnSize == 4)
        {
            output.WriteUInt32(asn.Value);
        }
        else
        {
            output.WriteUInt16(OpenMessage.MyAsOf(asn));
        }
    }

    public static Asn ReadAsn(ReadOnlySpan<byte> bytes, int asnSize) =>
        new(asnSize == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes));

    private static bool ContainsZero(ReadOnlySpan<byte> asns, int asnSize)
    {
        for (var i = 0; i < asns.Length; i += asnSize)
        {
            if (ReadAsn(asns[i..], asnSize).Value == 0)
            {
                return true;
            }
        }

        return false;
    }
}
