namespace Fairway.Bgp.Rib.Decision;

/// <summary>
/// Steps of the decision process in order (RFC 4271 §9.1.2.2 a to g, with what is commonly put before them). For a path that lost: the step that
/// removed it. For the best: the last step that removed a rival, or <see cref="OnlyPath"/>.
/// </summary>
public enum DecisionStep : byte
{
    /// <summary>There is no other eligible path.</summary>
    OnlyPath = 0,

    /// <summary>Highest weight, local to this speaker; our own routes have more than any policy can give.</summary>
    Weight,

    /// <summary>Highest LOCAL_PREF (RFC 4271 §9.1.1).</summary>
    LocalPref,

    /// <summary>A route of our own before a learned one.</summary>
    LocalOrigin,

    /// <summary>a) Shortest AS_PATH.</summary>
    AsPathLength,

    /// <summary>b) Lowest ORIGIN.</summary>
    Origin,

    /// <summary>c) Lowest MULTI_EXIT_DISC among paths of one neighbor AS.</summary>
    Med,

    /// <summary>d) External before internal.</summary>
    PeerType,

    /// <summary>e) Lowest interior cost to the next hop.</summary>
    IgpMetric,

    /// <summary>f) Lowest BGP identifier, or ORIGINATOR_ID (RFC 4456 §9). Paths that come this far are equal for multipath.</summary>
    RouterId,

    /// <summary>g) Lowest peer address.</summary>
    PeerAddress,
}
