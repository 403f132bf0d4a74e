namespace Fairway.Bgp.Rib;

/// <summary>Sizes of a peer's tables: paths in Adj-RIB-In, those import accepted, prefixes in Adj-RIB-Out as last written.</summary>
public readonly record struct RibCounts(long Received, long Accepted, long Advertised);
