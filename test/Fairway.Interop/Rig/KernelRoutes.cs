using System.Globalization;
using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>Reads the kernel's routes of a namespace through iproute2, never through code of ours.</summary>
internal static class KernelRoutes
{
    // <linux/rtnetlink.h>, rtm_type
    private static readonly string[] Types =
        ["unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit", "throw"];

    /// <summary>Every route of both families in all tables, also the kernel's own.</summary>
    public static IReadOnlyList<KernelRoute> Read(LabNode node) => [.. Read(node, "-4"), .. Read(node, "-6")];

    /// <summary>The routes with one protocol number, as text in ordinal order.</summary>
    public static IReadOnlyList<string> Text(LabNode node, int protocol)
        => [.. Read(node).Where(route => route.Protocol == protocol).Select(route => route.ToString()).Order(StringComparer.Ordinal)];

    private static IEnumerable<KernelRoute> Read(LabNode node, string family)
    {
        using var document = JsonDocument.Parse(node.Exec("ip", family, "-j", "-N", "-d", "route", "show", "table", "all"));
        return [.. document.RootElement.EnumerateArray().Select(route => Route(route, family == "-6"))];
    }

    private static KernelRoute Route(JsonElement route, bool ipv6) => new(
        Prefix(route.GetProperty("dst").GetString()!, ipv6),
        Types[Number(route, "type")],
        route.TryGetProperty("table", out _) ? Number(route, "table") : 254,
        Number(route, "protocol"),
        route.TryGetProperty("metric", out var metric) ? metric.GetInt32() : 0,
        route.TryGetProperty("nexthops", out var hops) ? Hops(hops) : Hop(route));

    private static string Prefix(string destination, bool ipv6) => destination switch
    {
        "default" => ipv6 ? "::/0" : "0.0.0.0/0",
        _ when destination.Contains('/') => destination,
        _ => destination + (ipv6 ? "/128" : "/32"),
    };

    private static string Hops(JsonElement hops)
    {
        var texts = hops.EnumerateArray().Select(hop => $"{Hop(hop)} weight {hop.GetProperty("weight")}");
        return string.Join(", ", texts.Order(StringComparer.Ordinal));
    }

    // An IPv4 route over an IPv6 gateway has "via": {"family": "inet6", "host": ...} instead of "gateway".
    private static string Hop(JsonElement hop)
    {
        var gateway = hop.TryGetProperty("gateway", out var address) ? address.GetString()
            : hop.TryGetProperty("via", out var via) ? via.GetProperty("host").GetString()
            : null;
        var device = hop.TryGetProperty("dev", out var name) ? $"dev {name.GetString()}" : "";
        return gateway is null ? device : $"via {gateway} {device}".TrimEnd();
    }

    // With -N these are digits in a string.
    private static int Number(JsonElement route, string name)
        => int.Parse(route.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
