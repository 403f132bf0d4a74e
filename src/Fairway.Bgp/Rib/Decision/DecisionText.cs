namespace Fairway.Bgp.Rib.Decision;

/// <summary>Decision steps in the words that people see.</summary>
public static class DecisionText
{
    /// <summary>Why a path is not eligible (design D14).</summary>
    public const string NextHopUnreachable = "next-hop-unreachable";

    public static string Of(DecisionStep step) => step switch
    {
        DecisionStep.OnlyPath => "only-path",
        DecisionStep.Weight => "weight",
        DecisionStep.LocalPref => "local-pref",
        DecisionStep.LocalOrigin => "local-origin",
        DecisionStep.AsPathLength => "as-path-length",
        DecisionStep.Origin => "origin",
        DecisionStep.Med => "med",
        DecisionStep.PeerType => "external-over-internal",
        DecisionStep.IgpMetric => "igp-metric",
        DecisionStep.RouterId => "router-id",
        _ => "peer-address",
    };
}
