using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>One field of an options record: its path in the document, what a change of it does, and its value.</summary>
internal sealed record OptionField<T>(string Path, ChangeImpact Impact, Func<T, object?> Value)
{
    public bool Differs(T before, T after) => !Equals(Value(before), Value(after));

    /// <summary>Both values as text. Values that differ and read alike (secrets, policies under one name) say "changed".</summary>
    public PlanField Change(T before, T after, string pathPrefix = "")
    {
        var from = OptionText.Of(Value(before));
        var to = OptionText.Of(Value(after));
        return new PlanField(pathPrefix + Path, from, from == to ? "changed" : to);
    }
}

/// <summary>Tables of fields.</summary>
internal static class OptionFields
{
    /// <summary>The worst impact among the fields that differ.</summary>
    public static ChangeImpact ImpactOf<T>(this IEnumerable<OptionField<T>> fields, T before, T after) =>
        fields.Where(field => field.Differs(before, after)).Select(field => field.Impact).DefaultIfEmpty().Max();

    public static IEnumerable<PlanField> Changes<T>(this IEnumerable<OptionField<T>> fields, T before, T after, string pathPrefix = "") =>
        fields.Where(field => field.Differs(before, after)).Select(field => field.Change(before, after, pathPrefix));
}
