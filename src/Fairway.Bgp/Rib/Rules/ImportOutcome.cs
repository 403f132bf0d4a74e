using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>What import made of a path: the attributes it enters Loc-RIB with, or why it does not (object and field to look at).</summary>
internal readonly record struct ImportOutcome(AttributeSet? Attributes, uint Weight, string? Object = null, string? Field = null, string? Reason = null)
{
    public bool IsAccepted => Attributes is not null;

    public static ImportOutcome Rejected(string @object, string field, string reason) => new(null, 0, @object, field, reason);
}
