using System.Text.Json.Nodes;
using Fairway.Cli.Output;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Views;

internal static partial class AgentViews
{
    public static JsonObject Status(GetStatusResponse status) => new()
    {
        ["node"] = status.Node,
        ["asn"] = status.HasAsn ? status.Asn : null,
        ["routerId"] = Json.Text(status.RouterId),
        ["speaker"] = status.Speaker,
        ["dataplane"] = status.Dataplane,
        ["peersUp"] = status.PeersUp,
        ["peersTotal"] = status.PeersTotal,
        ["prefixesDesired"] = status.PrefixesDesired,
        ["prefixesAdvertised"] = status.PrefixesAdvertised,
        ["routesInstalled"] = status.RoutesInstalled,
        ["driftOpen"] = status.DriftOpen,
        ["draining"] = status.Draining,
        ["restarting"] = status.Restarting,
        ["sources"] = new JsonArray([.. status.Sources.Select(Source)]),
        ["warnings"] = Json.Array(status.Warnings),
    };

    public static void WriteStatus(TextWriter output, GetStatusResponse status)
    {
        output.WriteLine($"Node       {status.Node}  AS {(status.HasAsn ? status.Asn : "-")}  router id {(status.RouterId.Length > 0 ? status.RouterId : "-")}");
        output.WriteLine($"Speaker    {status.Speaker}: {status.PeersUp} of {status.PeersTotal} peers up");
        output.WriteLine($"Prefixes   {status.PrefixesAdvertised} of {status.PrefixesDesired} advertised");
        output.WriteLine($"Dataplane  {status.Dataplane}: {status.RoutesInstalled} routes installed");
        output.WriteLine($"Drift      {(status.DriftOpen == 0 ? "none" : $"{status.DriftOpen} open, see `fairway drift`")}");
        output.WriteLine($"State      {State(status)}");
        foreach (var source in status.Sources)
        {
            output.WriteLine($"Source     {source.Name}: {source.State}{(source.HasAgeSeconds ? $", {Durations.Short(source.AgeSeconds)} old" : "")}");
        }

        foreach (var warning in status.Warnings)
        {
            output.WriteLine($"Warning    {warning}");
        }
    }

    private static JsonNode? Source(SourceStatus source) => new JsonObject
    {
        ["name"] = source.Name,
        ["state"] = source.State,
        ["ageSeconds"] = source.HasAgeSeconds ? source.AgeSeconds : null,
    };

    private static string State(GetStatusResponse status) => (status.Draining, status.Restarting) switch
    {
        (true, _) => "draining",
        (_, true) => "restarting: waiting for End-of-RIB before routes are selected",
        _ => "running",
    };
}
