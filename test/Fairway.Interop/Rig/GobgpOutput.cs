using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>Reads GoBGP 3's "gobgp -j global rib": per prefix an array of paths, attributes by their type code.</summary>
internal static class GobgpOutput
{
    private static readonly string[] Origins = ["IGP", "EGP", "Incomplete"];

    public static IReadOnlyList<SeenRoute> Routes(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. from prefix in document.RootElement.EnumerateObject()
               from path in prefix.Value.EnumerateArray()
               select Path(prefix.Name, path),
        ];
    }

    private static SeenRoute Path(string prefix, JsonElement path)
    {
        var route = new SeenRoute(prefix, "")
        {
            Best = path.TryGetProperty("best", out var best) && best.GetBoolean(),
            Stale = path.GetProperty("stale").GetBoolean(),
            From = path.TryGetProperty("neighbor-ip", out var from) && from.GetString() != "<nil>" ? from.GetString()! : "",
        };
        return path.GetProperty("attrs").EnumerateArray().Aggregate(route, With);
    }

    private static SeenRoute With(SeenRoute route, JsonElement attribute) => attribute.GetProperty("type").GetInt32() switch
    {
        1 => route with { Origin = Origins[attribute.GetProperty("value").GetInt32()] },
        2 => route with { AsPath = string.Join(' ', attribute.GetProperty("as_paths").EnumerateArray().Select(Segment)) },
        3 or 14 => route with { NextHop = attribute.GetProperty("nexthop").GetString()! },
        4 => route with { Med = attribute.GetProperty("metric").GetUInt32() },
        5 => route with { LocalPref = attribute.GetProperty("value").GetUInt32() },
        8 => route with { Communities = Join(attribute.GetProperty("communities"), Plain) },
        16 => route with { ExtendedCommunities = Join(attribute.GetProperty("value"), Extended) },
        32 => route with { LargeCommunities = Join(attribute.GetProperty("value"), Large) },
        _ => route,
    };

    private static string Join(JsonElement communities, Func<JsonElement, string> text)
        => SeenRoute.Join(communities.EnumerateArray().Select(text));

    private static string Segment(JsonElement segment)
    {
        var numbers = string.Join(' ', segment.GetProperty("asns").EnumerateArray());
        return segment.GetProperty("segment_type").GetInt32() == 1 ? $"{{{numbers}}}" : numbers; // RFC 4271 §4.3: 1 is AS_SET
    }

    private static string Plain(JsonElement community) => SeenRoute.Community(community.GetUInt32());

    // RFC 4360 §4 and §5: subtype 2 is the route target, 3 the route origin
    private static string Extended(JsonElement community)
    {
        var kind = community.TryGetProperty("subtype", out var subtype) ? subtype.GetInt32() : -1;
        var value = community.TryGetProperty("value", out var text) ? text.ToString() : community.GetRawText();
        return kind switch { 2 => $"rt:{value}", 3 => $"ro:{value}", _ => value };
    }

    private static string Large(JsonElement community)
        => $"{community.GetProperty("ASN")}:{community.GetProperty("LocalData1")}:{community.GetProperty("LocalData2")}";
}
