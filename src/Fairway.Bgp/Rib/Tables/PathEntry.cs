using Fairway.Bgp.Rib.Decision;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>What a path is besides its attributes.</summary>
[Flags]
internal enum PathFlags : byte
{
    None = 0,

    /// <summary>Kept for a peer that restarts (RFC 4724 §4.2).</summary>
    Stale = 1,

    /// <summary>The best path of its prefix, or one that shares its load.</summary>
    Selected = 2,

    /// <summary>Took part in the last decision: accepted, and its next hop resolved.</summary>
    Eligible = 4,

    /// <summary>Attributes, next hop or treatment changed since the last decision.</summary>
    Changed = 8,
}

/// <summary>
/// One path of one peer: a member of two lists, the paths of its prefix and those of its next hop, by ids. 32 octets.
/// </summary>
internal struct PathEntry
{
    public uint Prefix;
    public uint NextOfPrefix;

    /// <summary>Attributes as received (Adj-RIB-In).</summary>
    public uint Received;

    /// <summary>Attributes after import; 0: import rejected the path.</summary>
    public uint Accepted;

    /// <summary>Index of the <see cref="NextHopEntry"/>, also of rejected paths, so that a peer's paths can be listed.</summary>
    public int NextHop;
    public uint NextOfNextHop;
    public uint PreviousOfNextHop;
    public ushort Peer;
    public PathFlags Flags;

    /// <summary>What decided for or against it, when <see cref="PathFlags.Eligible"/>.</summary>
    public DecisionStep Step;
}
