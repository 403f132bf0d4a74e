using System.Text.Json.Nodes;
using Fairway.Cli.Output;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Views;

internal static partial class AgentViews
{
    public static JsonObject Explain(ExplainResponse answer) => new()
    {
        ["prefix"] = answer.Prefix,
        ["peer"] = Json.Text(answer.Peer),
        ["verdict"] = answer.Verdict,
        ["gates"] = new JsonArray([.. answer.Gates.Select(Gate)]),
    };

    public static void WriteExplain(TextWriter output, ExplainResponse answer)
    {
        output.WriteLine($"{answer.Prefix}{(answer.Peer.Length > 0 ? $" and peer {answer.Peer}" : "")}: {answer.Verdict}");
        foreach (var gate in answer.Gates)
        {
            var where = string.Join(' ', new[] { gate.Object, gate.Field }.Where(text => text.Length > 0));
            output.WriteLine($"  {gate.Gate,-10} {gate.Result,-5} {where}{(where.Length > 0 && gate.Reason.Length > 0 ? ": " : "")}{gate.Reason}".TrimEnd());
            if (gate.Fix.Length > 0)
            {
                output.WriteLine($"  {"",-10} fix:  {gate.Fix}");
            }
        }
    }

    private static JsonNode? Gate(ExplainGate gate) => new JsonObject
    {
        ["gate"] = gate.Gate,
        ["result"] = gate.Result,
        ["object"] = Json.Text(gate.Object),
        ["field"] = Json.Text(gate.Field),
        ["reason"] = Json.Text(gate.Reason),
        ["fix"] = Json.Text(gate.Fix),
    };
}
