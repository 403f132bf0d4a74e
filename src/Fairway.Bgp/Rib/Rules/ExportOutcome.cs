using Fairway.Bgp.Wire;

namespace Fairway.Bgp.Rib.Rules;

/// <summary>What export made of a route: the attributes it is sent with, or the gate that closed, with the object and field to look at.</summary>
internal readonly record struct ExportOutcome(AttributeSet? Attributes, ExportGate Gate = ExportGate.Export, string? Object = null, string? Field = null, string? Reason = null)
{
    public static ExportOutcome Refused(string? @object, string field, string reason) => new(null, ExportGate.Export, @object, field, reason);
}
