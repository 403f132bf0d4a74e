using System.Buffers;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Turns checked attributes of an UPDATE into the canonical bytes of an <see cref="AttributeSet"/>.</summary>
internal static class CanonicalAttributes
{
    private const int TypicalSize = 256;

    public static AttributeSet Build(in AttributeTable table, ReadOnlySpan<byte> nextHop, SessionCodecOptions options)
    {
        var output = new ArrayBufferWriter<byte>(TypicalSize);
        var isNextHopWritten = false;
        for (var i = 0; i < table.Count; i++)
        {
            var attribute = table[i];
            if (!isNextHopWritten && attribute.Type >= PathAttributeType.NextHop)
            {
                Write(output, PathAttributeType.NextHop, false, nextHop);
                isNextHopWritten = true;
            }

            if (!attribute.IsDiscarded)
            {
                WriteOne(table, attribute, options, output);
            }
        }

        if (!isNextHopWritten)
        {
            Write(output, PathAttributeType.NextHop, false, nextHop);
        }

        return new AttributeSet(output.WrittenSpan.ToArray());
    }

    /// <summary>Writes an attribute as RFC 4271 §4.3 says; an unknown one is optional, transitive and partial.</summary>
    public static void Write(IBufferWriter<byte> output, PathAttributeType type, bool isPartial, ReadOnlySpan<byte> value)
    {
        var flags = AttributeRules.KeptClassOf(type) ?? PathAttributeFlags.Optional | PathAttributeFlags.Transitive | PathAttributeFlags.Partial;
        flags |= isPartial ? PathAttributeFlags.Partial : PathAttributeFlags.None;
        var isLong = value.Length > byte.MaxValue;
        output.WriteByte((byte)(flags | (isLong ? PathAttributeFlags.ExtendedLength : PathAttributeFlags.None)));
        output.WriteByte((byte)type);
        if (isLong)
        {
            output.WriteUInt16((ushort)value.Length);
        }
        else
        {
            output.WriteByte((byte)value.Length);
        }

        output.Write(value);
    }

    private static void WriteOne(in AttributeTable table, RawAttribute attribute, SessionCodecOptions options, ArrayBufferWriter<byte> output)
    {
        var value = table.ValueOf(attribute);
        switch (attribute.Type)
        {
            case PathAttributeType.NextHop or PathAttributeType.MpReachNlri or PathAttributeType.MpUnreachNlri
                or PathAttributeType.As4Path or PathAttributeType.As4Aggregator:
                return;
            case PathAttributeType.AsPath when !options.FourOctetAs:
                WriteMergedPath(table, value, output);
                return;
            case PathAttributeType.Aggregator when !options.FourOctetAs:
                WriteMergedAggregator(table, attribute, output);
                return;
        }

        // RFC 4271 §5: an unknown attribute that is not transitive is quietly ignored.
        if (AttributeRules.ClassOf(attribute.Type) is not null || attribute.Flags.HasFlag(PathAttributeFlags.Transitive))
        {
            Write(output, attribute.Type, KeepsPartial(attribute), value);
        }
    }

    // Only optional transitive attributes have a Partial bit that means something (RFC 4271 §4.3).
    private static bool KeepsPartial(RawAttribute attribute) =>
        attribute.Flags.HasFlag(PathAttributeFlags.Optional | PathAttributeFlags.Transitive | PathAttributeFlags.Partial);

    private static void WriteMergedPath(in AttributeTable table, ReadOnlySpan<byte> value, ArrayBufferWriter<byte> output)
    {
        var path = AsPathCodec.Decode(value, 2);
        if (IsAs4Trusted(table) && table.TryFind(PathAttributeType.As4Path, out var as4Path))
        {
            path = As4Merge.Merge(path, AsPathCodec.Decode(table.ValueOf(as4Path), 4));
        }

        Write(output, PathAttributeType.AsPath, false, AsPathCodec.ToBytes(path, 4));
    }

    private static void WriteMergedAggregator(in AttributeTable table, RawAttribute attribute, ArrayBufferWriter<byte> output)
    {
        var value = table.ValueOf(attribute);
        if (IsAs4Trusted(table) && table.TryFind(PathAttributeType.As4Aggregator, out var as4))
        {
            Write(output, attribute.Type, KeepsPartial(attribute), table.ValueOf(as4));
            return;
        }

        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        value.CopyTo(wide[2..]);
        Write(output, attribute.Type, KeepsPartial(attribute), wide);
    }

    /// <summary>RFC 6793 §4.2.3: an AGGREGATOR without AS_TRANS was set by someone who knows nothing of the AS4 attributes.</summary>
    private static bool IsAs4Trusted(in AttributeTable table) =>
        !table.TryFind(PathAttributeType.Aggregator, out var aggregator)
        || AsPathCodec.ReadAsn(table.ValueOf(aggregator), 2) == Asn.Trans;
}
