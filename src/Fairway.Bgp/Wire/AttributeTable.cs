using System.Runtime.CompilerServices;

namespace Fairway.Bgp.Wire;

/// <summary>The attributes of one UPDATE, each type once, in ascending order (RFC 4271 §4.3). Values are read in place.</summary>
internal ref struct AttributeTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private Slots _slots;

    public AttributeTable(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Scan();
    }

    public int Count { get; private set; }

    /// <summary>An attribute overruns the field; nothing after it can be read (RFC 7606 §4).</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>Types that came again; the first one counts (RFC 7606 §3 g).</summary>
    public List<PathAttributeType>? Duplicates { get; private set; }

    public readonly RawAttribute this[int index] => _slots[index];

    public void Discard(int index) => _slots[index].IsDiscarded = true;

    public readonly ReadOnlySpan<byte> ValueOf(RawAttribute attribute) => _bytes.Slice(attribute.ValueStart, attribute.Length);

    /// <summary>Flags, type, length and value, as RFC 4271 §6.3 wants them in a NOTIFICATION.</summary>
    public readonly ReadOnlySpan<byte> WholeOf(RawAttribute attribute) => _bytes[attribute.Start..(attribute.ValueStart + attribute.Length)];

    /// <summary>The attribute of a type unless it is absent or discarded.</summary>
    public readonly bool TryFind(PathAttributeType type, out RawAttribute attribute)
    {
        var index = LowerBound(type);
        attribute = index < Count ? _slots[index] : default;
        return attribute.Type == type && !attribute.IsDiscarded;
    }

    // +---------------+---------------+---------------+----------------
    // |   Flags (8)   |   Type (8)    | Length (8 or 16) |  Value …
    // +---------------+---------------+---------------+----------------
    private void Scan()
    {
        var reader = new WireReader(_bytes);
        while (!reader.Rest.IsEmpty)
        {
            var start = _bytes.Length - reader.Rest.Length;
            if (!reader.TryReadByte(out var flags) || !reader.TryReadByte(out var type) || !TryReadValue(ref reader, flags, out var value))
            {
                IsOverrun = true;
                return;
            }

            var valueStart = _bytes.Length - reader.Rest.Length - value.Length;
            Add(new((PathAttributeType)type, (PathAttributeFlags)flags, (ushort)start, (ushort)valueStart, (ushort)value.Length));
        }
    }

    private static bool TryReadValue(ref WireReader reader, byte flags, out ReadOnlySpan<byte> value) =>
        ((PathAttributeFlags)flags).HasFlag(PathAttributeFlags.ExtendedLength) ? reader.TryReadBlock16(out value) : reader.TryReadBlock8(out value);

    private void Add(RawAttribute attribute)
    {
        var index = LowerBound(attribute.Type);
        if (index < Count && _slots[index].Type == attribute.Type)
        {
            (Duplicates ??= []).Add(attribute.Type);
            return;
        }

        Span<RawAttribute> slots = _slots;
        slots[index..Count].CopyTo(slots[(index + 1)..]);
        slots[index] = attribute;
        Count++;
    }

    // Nearly all speakers send in ascending order, so the search begins at the end.
    private readonly int LowerBound(PathAttributeType type)
    {
        var index = Count;
        while (index > 0 && _slots[index - 1].Type >= type)
        {
            index--;
        }

        return index;
    }

    // One for each type octet, and one to shift into.
    [InlineArray(257)]
    private struct Slots
    {
        private RawAttribute _first;
    }
}
