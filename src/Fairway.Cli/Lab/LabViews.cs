using System.Text.Json.Nodes;
using Fairway.Cli.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairway.Cli.Lab;

/// <summary>The lab's JSON and its live table.</summary>
internal static class LabViews
{
    public static JsonObject ToJson(bool converged, double seconds, IEnumerable<LabSight> sights) => new()
    {
        ["converged"] = converged,
        ["seconds"] = Math.Round(seconds, 3),
        ["agents"] = new JsonArray([.. sights.Select(Agent)]),
    };

    public static IRenderable ToTable(LabFiles files, string headline, IEnumerable<LabSight> sights)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(headline));
        table.AddColumns("agent", "AS", "sessions", "advertises", "best routes (prefix via next hop, AS path)");
        foreach (var sight in sights)
        {
            table.AddRow(
                new Text(sight.Node.Name),
                new Text($"{sight.Node.Asn}"),
                new Text(string.Join('\n', sight.Peers.Select(peer => $"{peer.Name} {peer.State}"))),
                new Text(string.Join('\n', sight.Prefixes.Select(prefix => $"{prefix.Prefix} {prefix.State}"))),
                new Text(string.Join('\n', sight.Routes.Where(route => route.Best && route.Peer.Length > 0).Select(RouteText))));
        }

        return new Rows(table, new Text($"Documents: {files.Root}   Ask an agent: fairway routes --socket {files.Socket(LabFiles.Nodes[0])}   Ctrl+C ends."));
    }

    private static string RouteText(Contracts.V1.Route route) =>
        $"{route.Prefix} via {string.Join(',', route.NextHops)}, {string.Join(' ', route.AsPath.Select(element => element.Asn))}";

    private static JsonNode? Agent(LabSight sight) => new JsonObject
    {
        ["node"] = sight.Node.Name,
        ["peers"] = new JsonArray([.. sight.Peers.Select(AgentViews.Peers.ToJson)]),
        ["prefixes"] = new JsonArray([.. sight.Prefixes.Select(AgentViews.Prefixes.ToJson)]),
        ["routes"] = new JsonArray([.. sight.Routes.Select(AgentViews.Routes.ToJson)]),
    };
}
