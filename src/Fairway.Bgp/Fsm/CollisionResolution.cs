using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Fsm;

/// <summary>Which of two connections of one peer goes on (RFC 4271 §6.8).</summary>
public static class CollisionResolution
{
    /// <summary>
    /// The connection that the speaker with the higher BGP identifier opened; between equal identifiers, which are legal between ASes,
    /// that of the higher AS number (RFC 6286 §2.3).
    /// </summary>
    public static ConnectionSide Survivor(SessionOptions local, OpenMessage peer)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(peer);
        var order = local.LocalId.CompareTo(peer.RouterId) is var ids and not 0 ? ids : local.LocalAsn.CompareTo(peer.Asn);
        return order > 0 ? ConnectionSide.Outgoing : ConnectionSide.Incoming;
    }
}
