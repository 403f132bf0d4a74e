using System.Text.Json.Nodes;
using Fairway.Cli.Output;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Views;

internal static partial class AgentViews
{
    public static JsonObject Plan(PlanResponse plan) => new()
    {
        ["impact"] = plan.Impact,
        ["changes"] = new JsonArray([.. plan.Changes.Select(Change)]),
        ["problems"] = new JsonArray([.. plan.Problems.Select(Problem)]),
    };

    public static void WritePlan(TextWriter output, PlanResponse plan)
    {
        foreach (var problem in plan.Problems)
        {
            output.WriteLine($"refused: {problem.Path}:{problem.Line}: {problem.Field}: {problem.Reason}");
        }

        foreach (var change in plan.Changes)
        {
            output.WriteLine($"{Sign(change.Action)} {change.Object}  ({change.Layer}, impact {change.Impact})");
            foreach (var field in change.Fields)
            {
                output.WriteLine($"    {field.Path}: {(field.From.Length > 0 ? field.From : "-")} -> {(field.To.Length > 0 ? field.To : "-")}");
            }
        }

        output.WriteLine(plan.Changes.Count == 0 ? "No changes." : $"{plan.Changes.Count} changes, worst impact: {plan.Impact}.");
    }

    private static string Sign(string action) => action switch { "add" => "+", "remove" => "-", _ => "~" };

    private static JsonNode? Change(PlanChange change) => new JsonObject
    {
        ["action"] = change.Action,
        ["layer"] = change.Layer,
        ["kind"] = change.Kind,
        ["object"] = change.Object,
        ["owner"] = change.Owner,
        ["impact"] = change.Impact,
        ["fields"] = new JsonArray([.. change.Fields.Select(field => (JsonNode?)new JsonObject { ["path"] = field.Path, ["from"] = Json.Text(field.From), ["to"] = Json.Text(field.To) })]),
    };

    private static JsonNode? Problem(PlanProblem problem) => new JsonObject
    {
        ["path"] = problem.Path,
        ["line"] = problem.Line == 0 ? null : problem.Line,
        ["field"] = Json.Text(problem.Field),
        ["reason"] = problem.Reason,
    };
}
