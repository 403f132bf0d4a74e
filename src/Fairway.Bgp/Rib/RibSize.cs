namespace Fairway.Bgp.Rib;

/// <summary>How much the tables hold. Attribute octets are those reserved for canonical bytes.</summary>
public readonly record struct RibSize(long Prefixes, long Paths, long AttributeSets, long AttributeOctets, int UpdateGroups);
