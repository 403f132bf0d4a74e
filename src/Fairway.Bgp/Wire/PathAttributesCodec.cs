namespace Fairway.Bgp.Wire;

/// <summary>Between <see cref="PathAttributes"/> and the canonical bytes of an <see cref="AttributeSet"/>.</summary>
internal static class PathAttributesCodec
{
    public static PathAttributes Decode(ReadOnlySpan<byte> canonical) => throw new NotImplementedException();

    public static byte[] Encode(PathAttributes attributes) => throw new NotImplementedException();
}
