using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>Reads a row of "fairway routes -o json" into the notation that all daemons share.</summary>
internal static class FairwayOutput
{
    public static SeenRoute Route(JsonElement row)
    {
        var hops = row.GetProperty("nextHops");
        return new SeenRoute(row.GetProperty("prefix").GetString()!, hops.GetArrayLength() == 0 ? "" : hops[0].GetString()!)
        {
            AsPath = string.Join(' ', row.GetProperty("asPath").EnumerateArray().Select(Segment)),
            Origin = row.GetProperty("origin").GetString() switch { "igp" => "IGP", "egp" => "EGP", "incomplete" => "Incomplete", var other => other! },
            Med = Number(row, "med"),
            LocalPref = Number(row, "localPref"),
            Communities = Join(row, "communities"),
            LargeCommunities = Join(row, "largeCommunities"),
            ExtendedCommunities = Join(row, "extendedCommunities"),
            Best = row.GetProperty("best").GetBoolean(),
            Stale = row.GetProperty("stale").GetBoolean(),
            From = row.GetProperty("peer").GetString() ?? "",
        };
    }

    private static string Segment(JsonElement item)
        => item.ValueKind is JsonValueKind.Array ? $"{{{string.Join(' ', item.EnumerateArray())}}}" : item.ToString();

    private static uint? Number(JsonElement row, string name)
        => row.GetProperty(name) is { ValueKind: JsonValueKind.Number } value ? value.GetUInt32() : null;

    private static string Join(JsonElement row, string name)
        => SeenRoute.Join(row.GetProperty(name).EnumerateArray().Select(community => community.GetString()!));
}
