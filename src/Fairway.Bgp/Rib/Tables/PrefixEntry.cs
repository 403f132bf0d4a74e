namespace Fairway.Bgp.Rib.Tables;

/// <summary>Marks of a prefix.</summary>
[Flags]
internal enum PrefixFlags : byte
{
    None = 0,

    /// <summary>Waits for a decision.</summary>
    Dirty = 1,

    /// <summary>Its learned route waits to be drained.</summary>
    LearnedDirty = 2,

    /// <summary>We have a route of our own.</summary>
    Local = 4,

    /// <summary>The learned route changed since the last decision by other means: a path was lost, or a route of our own came or went.</summary>
    LearnedChanged = 8,
}

/// <summary>A prefix in Loc-RIB.</summary>
internal struct PrefixEntry
{
    /// <summary>Head of the list of its paths.</summary>
    public uint FirstPath;

    /// <summary>The best learned path, 0 for none.</summary>
    public uint Best;

    /// <summary>Paths, marks, update groups and logs that name it; 0 frees the id.</summary>
    public int Uses;

    public PrefixFlags Flags;
}
