using System.Globalization;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;
using Fairway.Testing.Mrt;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Writes a decoded UPDATE as <c>bgpdump -m</c> prints it: one line per prefix, withdrawals first.</summary>
internal static class BgpDumpText
{
    public static IEnumerable<string> Lines(MrtRecord record, UpdateMessage update)
    {
        var head = record.IsExtendedTime
            ? string.Create(CultureInfo.InvariantCulture, $"BGP4MP_ET|{record.Time.ToUnixTimeSeconds()}.{record.Time.Ticks % TimeSpan.TicksPerSecond / 10:D6}")
            : string.Create(CultureInfo.InvariantCulture, $"BGP4MP|{record.Time.ToUnixTimeSeconds()}");
        var peer = $"{record.PeerAddress}|{record.PeerAsn}";
        foreach (var prefix in update.Withdrawn)
        {
            yield return $"{head}|W|{peer}|{prefix}";
        }

        foreach (var routes in update.Announced)
        {
            var attributes = Describe(routes.Attributes.Value);
            foreach (var prefix in routes.Prefixes)
            {
                yield return $"{head}|A|{peer}|{prefix}|{attributes}";
            }
        }
    }

    private static string Describe(PathAttributes attributes) => string.Join(
        '|',
        attributes.AsPath,
        attributes.Origin.ToString()!.ToUpperInvariant(),
        attributes.NextHop,
        attributes.LocalPref ?? 0,
        attributes.Med ?? 0,
        string.Join(' ', attributes.Communities.Select(Describe)),
        attributes.AtomicAggregate ? "AG" : "NAG",
        attributes.Aggregator is { } by ? $"{by.Asn} {by.RouterId}" : "",
        "");

    private static string Describe(Community community) =>
        string.Create(CultureInfo.InvariantCulture, $"{community.Value >> 16}:{community.Value & 0xFFFF}");
}
