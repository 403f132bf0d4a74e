namespace Fairway.Bgp.Wire;

/// <summary>What RFC 7606 §2 does with a bad UPDATE short of a session reset, mildest first. AFI/SAFI disable is never chosen.</summary>
public enum UpdateTreatment
{
    None,

    /// <summary>The attribute goes, the route stays.</summary>
    AttributeDiscard,

    /// <summary>The routes of the UPDATE are withdrawn.</summary>
    TreatAsWithdraw,
}

/// <summary>One thing wrong with an UPDATE; the attribute is null where it is not about one.</summary>
public sealed record AttributeProblem(PathAttributeType? Attribute, UpdateTreatment Treatment, string Reason);
