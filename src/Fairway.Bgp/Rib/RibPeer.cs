using Fairway.Bgp.Rib.Groups;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>A peer of the tables: a handle for <see cref="BgpRib"/>'s owner, who alone may touch it.</summary>
public sealed class RibPeer
{
    internal RibPeer(ushort index, PeerOptions options)
    {
        Index = index;
        Options = options;
    }

    public PeerOptions Options { get; internal set; }

    /// <summary>The session, or null while it is down.</summary>
    public RibSession? Session { get; internal set; }

    /// <summary>From 1; 0 means "ourselves" in the tables.</summary>
    internal ushort Index { get; }

    /// <summary>The peer's identifier, also after its session went: stale paths still take part in decisions.</summary>
    internal RouterId RouterId { get; set; }

    /// <summary>Paths held and accepted.</summary>
    internal long Received { get; set; }

    internal long Accepted { get; set; }

    /// <summary>Stale paths by family.</summary>
    internal Dictionary<AddressFamily, int> Stale { get; } = [];

    /// <summary>Its places in update groups: one for each negotiated family while the session is up.</summary>
    internal List<GroupMember> Members { get; } = [];
}
