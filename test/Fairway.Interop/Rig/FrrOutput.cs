using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>Reads FRR 8's "show bgp FAMILY unicast json detail": per prefix a header, then one object per path.</summary>
internal static class FrrOutput
{
    public static IReadOnlyList<SeenRoute> Routes(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("routes", out var routes))
            return [];
        return
        [
            .. from prefix in routes.EnumerateObject()
               from path in prefix.Value.EnumerateArray()
               where path.TryGetProperty("aspath", out _)
               select Path(prefix.Name, path),
        ];
    }

    private static SeenRoute Path(string prefix, JsonElement path) => new(prefix, NextHop(path))
    {
        AsPath = AsPath(path.GetProperty("aspath")),
        Origin = path.GetProperty("origin").GetString() is "incomplete" ? "Incomplete" : path.GetProperty("origin").GetString()!,
        Med = Number(path, "metric"),
        LocalPref = Number(path, "locPrf"),
        Communities = Communities(path, "community"),
        LargeCommunities = Communities(path, "largeCommunity"),
        ExtendedCommunities = Communities(path, "extendedCommunity"),
        Best = path.TryGetProperty("bestpath", out var best) && best.TryGetProperty("overall", out _),
        Stale = path.TryGetProperty("stale", out var stale) && stale.GetBoolean(),
        From = path.TryGetProperty("local", out _) ? "" : path.GetProperty("peer").GetProperty("peerId").GetString()!,
    };

    private static string NextHop(JsonElement path) => path.GetProperty("nexthops")[0].GetProperty("ip").GetString()!;

    private static string AsPath(JsonElement path) => string.Join(' ', path.GetProperty("segments").EnumerateArray().Select(segment =>
    {
        var numbers = string.Join(' ', segment.GetProperty("list").EnumerateArray());
        return segment.GetProperty("type").GetString() == "as-set" ? $"{{{numbers}}}" : numbers;
    }));

    private static uint? Number(JsonElement path, string name) => path.TryGetProperty(name, out var value) ? value.GetUInt32() : null;

    // "RT:65002:55 SoO:65002:1"; well-known communities appear by name and come back to numbers
    private static string Communities(JsonElement path, string name)
    {
        if (!path.TryGetProperty(name, out var communities))
            return "";
        var words = communities.GetProperty("string").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return SeenRoute.Join(words.Select(Canonical));
    }

    private static string Canonical(string word) => word switch
    {
        "noExport" or "no-export" => "65535:65281",
        "noAdvertise" or "no-advertise" => "65535:65282",
        "localAs" or "local-AS" => "65535:65283",
        "noPeer" or "no-peer" => "65535:65284",
        "gracefulShutdown" or "graceful-shutdown" => "65535:0",
        "llgrStale" or "llgr-stale" => "65535:6",
        _ when word.StartsWith("RT:", StringComparison.Ordinal) => "rt:" + word[3..],
        _ when word.StartsWith("SoO:", StringComparison.Ordinal) => "ro:" + word[4..], // BIRD's word for the route origin
        _ => word,
    };
}
