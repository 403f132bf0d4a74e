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
        table.AddColumns("agent", "sessions", "advertises", "best routes: prefix, AS path"); // narrow enough for 80 columns
        foreach (var sight in sights)
        {
            table.AddRow(
                new Text($"{sight.Node.Name}\nAS {sight.Node.Asn}"),
                new Text(string.Join('\n', sight.Peers.Select(peer => $"{peer.Name} {(peer.State is "Established" ? "up" : peer.State)}"))),
                new Text(string.Join('\n', sight.Prefixes.Select(prefix => prefix.State is "advertised" ? prefix.Prefix : $"{prefix.Prefix} {prefix.State}"))),
                new Text(string.Join('\n', sight.Routes.Where(route => route.Best && route.Peer.Length > 0).Select(RouteText))));
            table.AddEmptyRow();
        }

        return new Rows(
            table,
            new Text($"Documents: {files.Root}"),
            new Text($"Ask an agent: fairway routes --socket {files.Socket(LabFiles.Nodes[0])}"),
            new Text("Ctrl+C ends."));
    }

    private static string RouteText(Contracts.V1.Route route) => $"{route.Prefix,-18} {string.Join(' ', route.AsPath.Select(element => element.Asn))}";

    private static JsonNode? Agent(LabSight sight) => new JsonObject
    {
        ["node"] = sight.Node.Name,
        ["peers"] = new JsonArray([.. sight.Peers.Select(AgentViews.Peers.ToJson)]),
        ["prefixes"] = new JsonArray([.. sight.Prefixes.Select(AgentViews.Prefixes.ToJson)]),
        ["routes"] = new JsonArray([.. sight.Routes.Select(AgentViews.Routes.ToJson)]),
    };
}
