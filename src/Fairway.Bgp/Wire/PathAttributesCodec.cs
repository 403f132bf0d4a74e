using System.Buffers;
using System.Buffers.Binary;
using Fairway.Net;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Wire;

/// <summary>Between <see cref="PathAttributes"/> and the canonical bytes of an <see cref="AttributeSet"/>.</summary>
internal static class PathAttributesCodec
{
    private const int AsnSize = 4;

    public static PathAttributes Decode(ReadOnlySpan<byte> canonical)
    {
        var table = new AttributeTable(canonical);
        var attributes = new PathAttributes();
        for (var i = 0; i < table.Count; i++)
        {
            attributes = With(attributes, table[i], table.ValueOf(table[i]));
        }

        return attributes;
    }

    public static byte[] Encode(PathAttributes attributes)
    {
        var output = new AttributeSink(attributes.Partial);
        output.Add(PathAttributeType.Origin, attributes.Origin is { } origin ? [(byte)origin] : []);
        if (attributes.AsPath is { } path)
        {
            output.AddAlways(PathAttributeType.AsPath, AsPathCodec.ToBytes(path, AsnSize));
        }

        output.Add(PathAttributeType.NextHop, [.. attributes.NextHop?.ToBytes() ?? [], .. attributes.LinkLocalNextHop?.ToBytes() ?? []]);
        output.Add(PathAttributeType.MultiExitDisc, Words(attributes.Med));
        output.Add(PathAttributeType.LocalPref, Words(attributes.LocalPref));
        if (attributes.AtomicAggregate)
        {
            output.AddAlways(PathAttributeType.AtomicAggregate, []);
        }

        output.Add(PathAttributeType.Aggregator, attributes.Aggregator is { } by ? [.. Words(by.Asn.Value), .. Words(by.RouterId.Value)] : []);
        output.Add(PathAttributeType.Communities, [.. attributes.Communities.SelectMany(community => Words(community.Value))]);
        output.Add(PathAttributeType.OriginatorId, Words(attributes.OriginatorId?.Value));
        output.Add(PathAttributeType.ClusterList, [.. attributes.ClusterList.SelectMany(id => Words(id.Value))]);
        output.Add(PathAttributeType.ExtendedCommunities, [.. attributes.ExtendedCommunities.SelectMany(Octets)]);
        output.Add(PathAttributeType.LargeCommunities, [.. attributes.LargeCommunities.SelectMany(Octets)]);
        return output.ToCanonical(attributes.Unknown);
    }

    private static PathAttributes With(PathAttributes attributes, RawAttribute attribute, ReadOnlySpan<byte> value)
    {
        var isPartial = attribute.Flags.HasFlag(PathAttributeFlags.Partial) && AttributeRules.KeptClassOf(attribute.Type) is not null;
        if (isPartial)
        {
            attributes = attributes with { Partial = [.. attributes.Partial, attribute.Type] };
        }

        return attribute.Type switch
        {
            PathAttributeType.Origin => attributes with { Origin = (Origin)value[0] },
            PathAttributeType.AsPath => attributes with { AsPath = AsPathCodec.Decode(value, AsnSize) },
            PathAttributeType.NextHop => attributes with { NextHop = NextHopCodec.First(value), LinkLocalNextHop = NextHopCodec.LinkLocal(value) },
            PathAttributeType.MultiExitDisc => attributes with { Med = Word(value) },
            PathAttributeType.LocalPref => attributes with { LocalPref = Word(value) },
            PathAttributeType.AtomicAggregate => attributes with { AtomicAggregate = true },
            PathAttributeType.Aggregator => attributes with { Aggregator = new(new(Word(value)), new(Word(value[4..]))) },
            PathAttributeType.Communities => attributes with { Communities = Many(value, 4, static item => new Community(Word(item))) },
            PathAttributeType.OriginatorId => attributes with { OriginatorId = new RouterId(Word(value)) },
            PathAttributeType.ClusterList => attributes with { ClusterList = Many(value, 4, static item => new RouterId(Word(item))) },
            PathAttributeType.ExtendedCommunities => attributes with { ExtendedCommunities = Many(value, 8, ReadExtended) },
            PathAttributeType.LargeCommunities => attributes with { LargeCommunities = Many(value, 12, ReadLarge) },
            _ => attributes with { Unknown = [.. attributes.Unknown, new UnknownAttribute((byte)attribute.Type, ValueList.Create(value))] },
        };
    }

    private delegate T ReadItem<T>(ReadOnlySpan<byte> item);

    private static ValueList<T> Many<T>(ReadOnlySpan<byte> value, int size, ReadItem<T> read)
    {
        var items = new T[value.Length / size];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(value.Slice(i * size, size));
        }

        return ValueList.Create<T>(items);
    }

    private static ExtendedCommunity ReadExtended(ReadOnlySpan<byte> item) => new(BinaryPrimitives.ReadUInt64BigEndian(item));

    private static LargeCommunity ReadLarge(ReadOnlySpan<byte> item) => new(Word(item), Word(item[4..]), Word(item[8..]));

    private static uint Word(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt32BigEndian(value);

    private static byte[] Words(uint? value) => value is { } word ? [(byte)(word >> 24), (byte)(word >> 16), (byte)(word >> 8), (byte)word] : [];

    private static byte[] Octets(ExtendedCommunity community) => [.. Words((uint)(community.Value >> 32)), .. Words((uint)community.Value)];

    private static byte[] Octets(LargeCommunity community) =>
        [.. Words(community.GlobalAdministrator), .. Words(community.LocalData1), .. Words(community.LocalData2)];

    /// <summary>Collects attributes in any order and writes them in ascending order of type.</summary>
    private sealed class AttributeSink(ValueList<PathAttributeType> partial)
    {
        private readonly SortedList<PathAttributeType, byte[]> _values = [];

        /// <summary>An empty value means absent.</summary>
        public void Add(PathAttributeType type, ReadOnlySpan<byte> value)
        {
            if (!value.IsEmpty)
            {
                AddAlways(type, value);
            }
        }

        public void AddAlways(PathAttributeType type, ReadOnlySpan<byte> value) => _values.Add(type, value.ToArray());

        public byte[] ToCanonical(ValueList<UnknownAttribute> unknown)
        {
            foreach (var attribute in unknown)
            {
                AddAlways((PathAttributeType)attribute.Type, attribute.Data.AsSpan());
            }

            var output = new ArrayBufferWriter<byte>(256);
            foreach (var (type, value) in _values)
            {
                CanonicalAttributes.Write(output, type, partial.Items.Contains(type), value);
            }

            return output.WrittenSpan.ToArray();
        }
    }
}
