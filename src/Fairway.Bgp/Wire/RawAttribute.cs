namespace Fairway.Bgp.Wire;

/// <summary>Where a path attribute stands in the attributes field.</summary>
internal record struct RawAttribute(PathAttributeType Type, PathAttributeFlags Flags, ushort Start, ushort ValueStart, ushort Length)
{
    /// <summary>Taken out by attribute discard.</summary>
    public bool IsDiscarded { get; set; }
}
