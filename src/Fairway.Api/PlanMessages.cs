using Fairway.Contracts.V1;
using Fairway.Intents.Model;
using Fairway.Reconciliation.Plans;

namespace Fairway.Api;

/// <summary>Plans as messages.</summary>
internal static class PlanMessages
{
    public static PlanChange ToMessage(PlanRow row)
    {
        var change = new PlanChange
        {
            Action = row.Action.ToString().ToLowerInvariant(),
            Layer = row.Layer,
            Kind = row.Kind,
            Object = row.Object,
            Owner = row.Owner,
            Impact = row.Impact.ToString().ToLowerInvariant(),
        };
        change.Fields.AddRange(row.Fields.Select(field => new PlanFieldChange { Path = field.Path, From = field.From, To = field.To }));
        return change;
    }

    public static PlanProblem ToMessage(SourceProblem problem) => new()
    {
        Path = problem.File ?? "",
        Line = (uint)(problem.Line ?? 0),
        Field = problem.Field ?? "",
        Reason = problem.Message,
    };
}
