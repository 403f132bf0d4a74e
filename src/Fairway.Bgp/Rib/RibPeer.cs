using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>A peer of the tables: a handle for <see cref="BgpRib"/>'s owner, who alone may touch it.</summary>
public sealed class RibPeer
{
    internal RibPeer(PeerOptions options) => Options = options;

    public PeerOptions Options { get; internal set; }

    /// <summary>The session, or null while it is down.</summary>
    public RibSession? Session { get; internal set; }
}
