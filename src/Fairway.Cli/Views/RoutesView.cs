using System.Text.Json.Nodes;
using Fairway.Cli.Output;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Views;

internal static partial class AgentViews
{
    public static readonly View<PrefixStatus> Prefixes = new(
        new("prefix", "PREFIX", prefix => prefix.Prefix),
        new("owner", "OWNER", prefix => prefix.Owner),
        new("origin", "ORIGIN", prefix => prefix.Origin),
        new("state", "STATE", prefix => prefix.State),
        new("reason", "REASON", prefix => Json.Text(prefix.Reason)),
        new("advertisedTo", "ADVERTISED TO", prefix => Json.Array(prefix.AdvertisedTo)),
        new("waitingFor", "WAITING FOR", prefix => Json.Array(prefix.WaitingFor)));

    public static readonly View<Route> Routes = new(
        new("prefix", "PREFIX", route => route.Prefix),
        new("nextHops", "NEXT HOPS", route => Json.Array(route.NextHops)),
        new("peer", "PEER", route => Json.Text(route.Peer)),
        new("best", "BEST", route => route.Best),
        new("asPath", "AS PATH", route => AsPath(route.AsPath)) { Text = route => AsPathText(route.AsPath) },
        new("localPref", "LOCPREF", route => route.HasLocalPref ? route.LocalPref : null),
        new("med", "MED", route => route.HasMed ? route.Med : null),
        new("communities", "COMMUNITIES", route => Json.Array(route.Communities), Wide: true),
        new("largeCommunities", "LARGE COMMUNITIES", route => Json.Array(route.LargeCommunities), Wide: true),
        new("extendedCommunities", "EXTENDED COMMUNITIES", route => Json.Array(route.ExtendedCommunities), Wide: true),
        new("origin", "ORIGIN", route => route.Origin, Wide: true),
        new("stale", "STALE", route => route.Stale, Wide: true),
        new("installed", "INSTALLED", route => route.Installed),
        new("reason", "REASON", route => Json.Text(route.Reason)));

    public static readonly View<DriftItem> Drift = new(
        new("layer", "LAYER", item => item.Layer),
        new("object", "OBJECT", item => item.Object),
        new("desired", "DESIRED", item => item.Desired),
        new("observed", "OBSERVED", item => item.Observed),
        new("since", "SINCE", item => item.Since?.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)),
        new("repaired", "REPAIRED", item => item.Repaired));

    private static JsonArray AsPath(IEnumerable<AsPathElement> path) => [.. path.Select(AsPathItem)];

    private static JsonNode? AsPathItem(AsPathElement element) => element.ElementCase is AsPathElement.ElementOneofCase.Set
        ? new JsonArray([.. element.Set.Asns.Select(asn => (JsonNode?)asn)])
        : element.Asn;

    private static string AsPathText(IEnumerable<AsPathElement> path) => string.Join(' ', path.Select(element =>
        element.ElementCase is AsPathElement.ElementOneofCase.Set ? $"{{{string.Join(',', element.Set.Asns)}}}" : $"{element.Asn}"));
}
