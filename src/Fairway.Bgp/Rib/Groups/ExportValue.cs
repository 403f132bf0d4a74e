namespace Fairway.Bgp.Rib.Groups;

/// <summary>
/// What a group sends for a prefix: attributes (an id of the attribute store), or a variant (an id of <see cref="ExportValues"/>, marked by the
/// top bit) where our own route differs by peer. The peer the route was learned from gets nothing. <c>default</c>: nobody gets anything.
/// </summary>
internal readonly record struct ExportValue(uint Id, ushort Source)
{
    private const uint VariantBit = 0x8000_0000;

    public bool IsVariant => (Id & VariantBit) != 0;

    public int VariantIndex => (int)(Id & ~VariantBit);

    public static ExportValue OfVariant(int index) => new((uint)index | VariantBit, 0);
}
