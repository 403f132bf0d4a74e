using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>Where a Loc-RIB route comes from, as far as export rules ask. <c>default</c> is learned from an external peer, for nobody.</summary>
internal readonly record struct ExportSource(bool IsLocal, PeerType Type, Readvertise Readvertise, int Prepend)
{
    public static ExportSource Local(int prepend) => new(true, PeerType.Internal, Readvertise.All, prepend);

    public static ExportSource Learned(PeerOptions peer) => new(false, peer.Type, peer.Learned.Readvertise, 0);

    /// <summary>A small number that equal sources share.</summary>
    public int Class => IsLocal ? 6 + Prepend : ((int)Type * 3) + (int)Readvertise;
}

/// <summary>A Loc-RIB route to be exported.</summary>
internal readonly record struct ExportRoute(IpPrefix Prefix, AttributeSet Attributes, ExportSource Source);
