using System.Globalization;
using System.Text.RegularExpressions;

namespace Fairway.Interop.Rig;

/// <summary>Reads the text of BIRD 2's "show route all" and "show protocols all".</summary>
internal static partial class BirdOutput
{
    public static IReadOnlyList<SeenRoute> Routes(string text)
    {
        var routes = new List<SeenRoute>();
        foreach (var line in text.Split('\n'))
        {
            if (RouteLine().Match(line) is { Success: true } match)
                routes.Add(Begin(match, routes));
            else if (AttributeLine().Match(line) is { Success: true } attribute)
                routes[^1] = With(routes[^1], attribute.Groups["name"].Value, attribute.Groups["value"].Value);
        }
        return routes;
    }

    public static IReadOnlyList<BirdProtocol> Protocols(string text)
        => [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Protocol)];

    private static BirdProtocol Protocol(string block)
    {
        // Name, Proto, Table, State, Since (one or two words), Info (any number of words)
        var lines = block.TrimStart('\n').Split('\n').SkipWhile(line => line.StartsWith("Name ", StringComparison.Ordinal)).ToArray();
        var match = ProtocolLine().Match(lines[0]);
        Assert.True(match.Success, $"not a protocol line of BIRD: {lines[0]}");
        return new BirdProtocol(
            match.Groups["name"].Value, match.Groups["state"].Value, match.Groups["info"].Value.Trim(), string.Join('\n', lines));
    }

    private static SeenRoute Begin(Match match, List<SeenRoute> earlier)
    {
        var prefix = match.Groups["prefix"].Value;
        return new SeenRoute(prefix.Length > 0 ? prefix : earlier[^1].Prefix, "")
        {
            From = match.Groups["protocol"].Value,
            Best = match.Groups["best"].Success,
            Stale = match.Groups["flags"].Value.Contains('s'),
        };
    }

    private static SeenRoute With(SeenRoute route, string name, string value) => name switch
    {
        "via" when route.NextHop.Length == 0 => route with { NextHop = value.Split(' ')[0] },
        "BGP.next_hop" => route with { NextHop = value.Split(' ')[0] }, // an IPv6 next hop may be followed by its link-local
        "BGP.origin" => route with { Origin = value },
        "BGP.as_path" => route with { AsPath = value },
        "BGP.med" => route with { Med = uint.Parse(value, CultureInfo.InvariantCulture) },
        "BGP.local_pref" => route with { LocalPref = uint.Parse(value, CultureInfo.InvariantCulture) },
        "BGP.community" => route with { Communities = Tuples(value) },
        "BGP.large_community" => route with { LargeCommunities = Tuples(value) },
        "BGP.ext_community" => route with { ExtendedCommunities = Tuples(value) },
        _ => route,
    };

    // "(65001,1) (rt, 65001, 2)" becomes "65001:1 rt:65001:2"
    private static string Tuples(string value)
        => SeenRoute.Join(Tuple().Matches(value).Select(tuple => tuple.Groups[1].Value.Replace(",", ":").Replace(" ", "")));

    // "203.0.113.0/28  unicast [frr 12:30:50.824 from 192.0.2.2] * (100) [AS64501i]"; a second path leaves the prefix blank
    [GeneratedRegex(@"^(?<prefix>[0-9a-f.:]+/\d+)?\s+[a-z]+ \[(?<protocol>\S+) [^\]]*\](?<best> \*)? \(\d+(?<flags>[-s]*)")]
    private static partial Regex RouteLine();

    [GeneratedRegex(@"^\t(?<name>via|BGP\.\w+):? (?<value>.*)$")]
    private static partial Regex AttributeLine();

    [GeneratedRegex(@"\(([^)]*)\)")]
    private static partial Regex Tuple();

    [GeneratedRegex(@"^(?<name>\S+) +\S+ +\S+ +(?<state>\S+) +\d[0-9:.-]*( \d[0-9:.]*)? *(?<info>.*)$")]
    private static partial Regex ProtocolLine();
}
