using System.Buffers;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Wire;

/// <summary>The attributes of a set as they go to one kind of peer, NEXT_HOP apart.</summary>
internal readonly ref struct WireAttributes
{
    private WireAttributes(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> nextHop)
    {
        Bytes = bytes;
        NextHop = nextHop;
    }

    /// <summary>With NEXT_HOP for the NLRI field, without it for MP_REACH_NLRI.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public ReadOnlySpan<byte> NextHop { get; }

    public static WireAttributes Of(AttributeSet set, bool isMultiprotocol, bool fourOctetAs)
    {
        var table = new AttributeTable(set.Bytes.Span);
        var nextHop = table.TryFind(PathAttributeType.NextHop, out var attribute) ? table.ValueOf(attribute) : [];
        if (!isMultiprotocol && fourOctetAs)
        {
            return new(set.Bytes.Span, nextHop);
        }

        var output = new ArrayBufferWriter<byte>(set.Bytes.Length);
        for (var i = 0; i < table.Count; i++)
        {
            if (!isMultiprotocol || table[i].Type != PathAttributeType.NextHop)
            {
                Write(table, table[i], fourOctetAs, output);
            }
        }

        WriteAs4(table, fourOctetAs, output);
        return new(output.WrittenSpan, nextHop);
    }

    private static void Write(in AttributeTable table, RawAttribute attribute, bool fourOctetAs, ArrayBufferWriter<byte> output)
    {
        var value = table.ValueOf(attribute);
        if (!fourOctetAs && attribute.Type is PathAttributeType.AsPath)
        {
            value = AsPathCodec.ToBytes(AsPathCodec.Decode(value, 4), 2);
        }
        else if (!fourOctetAs && attribute.Type is PathAttributeType.Aggregator)
        {
            var narrow = new ArrayBufferWriter<byte>(6);
            AsPathCodec.WriteAsn(AsPathCodec.ReadAsn(value, 4), 2, narrow);
            narrow.Write(value[4..]);
            value = narrow.WrittenSpan;
        }

        CanonicalAttributes.Write(output, attribute.Type, attribute.Flags.HasFlag(PathAttributeFlags.Partial), value);
    }

    /// <summary>RFC 6793 §4.2.2: what two octets cannot say goes along in AS4_PATH and AS4_AGGREGATOR.</summary>
    private static void WriteAs4(in AttributeTable table, bool fourOctetAs, ArrayBufferWriter<byte> output)
    {
        if (fourOctetAs)
        {
            return;
        }

        if (table.TryFind(PathAttributeType.AsPath, out var path) && NeedsAs4(AsPathCodec.Decode(table.ValueOf(path), 4)))
        {
            CanonicalAttributes.Write(output, PathAttributeType.As4Path, false, table.ValueOf(path));
        }

        if (table.TryFind(PathAttributeType.Aggregator, out var aggregator) && AsPathCodec.ReadAsn(table.ValueOf(aggregator), 4).IsFourOctet)
        {
            CanonicalAttributes.Write(output, PathAttributeType.As4Aggregator, false, table.ValueOf(aggregator));
        }
    }

    private static bool NeedsAs4(AsPath path) => path.Segments.Items.Any(segment => segment.Asns.Items.Any(asn => asn.IsFourOctet));
}
