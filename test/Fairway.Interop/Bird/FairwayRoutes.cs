using System.Text.Json;
using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>Rows of <c>fairway routes</c> in the notation that the foreign daemons' routes have, so that a test compares one value.</summary>
internal static class FairwayRoutes
{
    /// <summary>The best routes learned from a peer.</summary>
    public static IReadOnlyList<SeenRoute> LearnedFrom(this FairwayRouter router, string peer)
        => [.. router.Best().Values.Where(route => Text(route, "peer") == peer).Select(Seen)];

    private static SeenRoute Seen(JsonElement route) => new(Text(route, "prefix"), Strings(route, "nextHops").Single())
    {
        AsPath = string.Join(' ', route.GetProperty("asPath").EnumerateArray().Select(AsNumberOrSet)),
        Origin = Text(route, "origin") switch { "igp" => "IGP", "egp" => "EGP", _ => "Incomplete" },
        Med = Number(route, "med"),
        LocalPref = Number(route, "localPref"),
        Communities = SeenRoute.Join(Strings(route, "communities")),
        LargeCommunities = SeenRoute.Join(Strings(route, "largeCommunities")),
        ExtendedCommunities = SeenRoute.Join(Strings(route, "extendedCommunities")),
        Best = route.GetProperty("best").GetBoolean(),
        Stale = route.GetProperty("stale").GetBoolean(),
        From = Text(route, "peer"),
    };

    private static string AsNumberOrSet(JsonElement element) => element.ValueKind is JsonValueKind.Array
        ? $"{{{string.Join(' ', element.EnumerateArray())}}}"
        : element.ToString();

    private static string Text(JsonElement route, string field) => route.GetProperty(field).GetString()!;

    private static IEnumerable<string> Strings(JsonElement route, string field)
        => route.GetProperty(field).EnumerateArray().Select(item => item.GetString()!);

    private static uint? Number(JsonElement route, string field)
        => route.GetProperty(field) is { ValueKind: JsonValueKind.Number } number ? number.GetUInt32() : null;
}
