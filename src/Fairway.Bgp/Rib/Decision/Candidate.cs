using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Decision;

/// <summary>What the decision process looks at in one eligible path; defaults of absent attributes are already filled in.</summary>
public readonly record struct Candidate
{
    /// <summary>LOCAL_PREF of a path that carries none.</summary>
    public const uint DefaultLocalPref = 100;

    public uint Weight { get; init; }

    public uint LocalPref { get; init; }

    /// <summary>A route of our own.</summary>
    public bool IsLocal { get; init; }

    public int AsPathLength { get; init; }

    public Origin Origin { get; init; }

    /// <summary>MEDs compare only between paths of the same neighbor AS; <c>default</c> counts as an AS of its own.</summary>
    public Asn NeighborAsn { get; init; }

    /// <summary>0 when absent.</summary>
    public uint Med { get; init; }

    public bool IsExternal { get; init; }

    public uint IgpMetric { get; init; }

    public RouterId RouterId { get; init; }

    public PeerKey Peer { get; init; }
}
