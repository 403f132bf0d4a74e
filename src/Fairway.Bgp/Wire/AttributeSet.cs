namespace Fairway.Bgp.Wire;

/// <summary>
/// Path attributes as their canonical bytes, decoded when first asked for. Equal sets have equal bytes, so that a table can intern
/// them by bytes (design D9). Canonical: ascending types, flags as the RFC says, four-octet ASNs, and the next hop always as
/// NEXT_HOP with 4, 16 or 32 octets, also where MP_REACH_NLRI carried it.
/// </summary>
public sealed class AttributeSet : IEquatable<AttributeSet>
{
    private readonly byte[] _bytes;
    private readonly int _hash;
    private PathAttributes? _value;

    internal AttributeSet(byte[] canonical)
    {
        _bytes = canonical;
        _hash = HashOf(canonical);
    }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public PathAttributes Value => _value ??= PathAttributesCodec.Decode(_bytes);

    public static AttributeSet Of(PathAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return new(PathAttributesCodec.Encode(attributes));
    }

    /// <summary>Takes bytes that an <see cref="AttributeSet"/> gave earlier.</summary>
    public static AttributeSet FromCanonical(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public bool Equals(AttributeSet? other) => other is not null && _hash == other._hash && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as AttributeSet);

    public override int GetHashCode() => _hash;

    public override string ToString() => Value.ToString();

    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
