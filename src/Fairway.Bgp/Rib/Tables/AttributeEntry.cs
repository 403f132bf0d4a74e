using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>An interned attribute set: where its canonical bytes are, and what the decision process asks of it.</summary>
internal struct AttributeEntry
{
    public uint Bytes;
    public int Length;
    public int Hash;

    /// <summary>Next entry of the same hash bucket.</summary>
    public uint Next;

    /// <summary>How many paths, written routes and so on name it; 0 frees it.</summary>
    public int Uses;

    public uint Weight;
    public uint LocalPref;
    public uint Med;
    public uint NeighborAsn;
    public uint OriginatorId;
    public ushort AsPathLength;
    public Origin Origin;
}
