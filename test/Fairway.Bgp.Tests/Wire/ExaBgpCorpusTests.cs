using System.Text.Json;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;
using Fairway.Testing;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Messages that another speaker wrote, beside its own description of them as JSON.</summary>
public class ExaBgpCorpusTests
{
    [CorpusFact]
    public void Unicast_UPDATEs_decode_to_what_their_JSON_says()
    {
        var compared = 0;
        var refused = new List<string>();
        foreach (var (hex, json) in Directory.GetFiles(Corpus.PathOf("hex/exabgp-qa"), "*.ci", SearchOption.AllDirectories).Order().SelectMany(ReadPairs))
        {
            using var document = JsonDocument.Parse(json);
            if (FindUpdate(document.RootElement) is not { } update || !IsUnicast(update))
            {
                continue;
            }

            if (Decode(Hex(hex), Internal).Error is { } error)
            {
                refused.Add(error.Reason);
                continue;
            }

            compared++;
            // 255.255.255.255 and the like stand for "self" there: the structure is compared, not the sense of the next hop.
            var decoded = DecodeUpdate(Hex(hex), Internal);
            var withdrawn = decoded.Treatment is UpdateTreatment.TreatAsWithdraw;
            Assert.Equal(Prefixes(update), decoded.Withdrawn.Concat(decoded.Announced.SelectMany(routes => routes.Prefixes)).Select(prefix => prefix.ToString()).Order());
            if (!withdrawn && !decoded.Announced.IsEmpty)
            {
                Assert.Equal(Describe(update), Describe(Assert.Single(decoded.Announced).Attributes.Value));
            }
        }

        // RFC 8950 is not negotiated, and neither is its mirror image.
        Assert.Equal(["A next hop of 16 octets does not fit ipv4-unicast.", "A next hop of 4 octets does not fit ipv6-unicast."], refused);
        Assert.Equal(147, compared);
    }

    private static IEnumerable<(string Hex, string Json)> ReadPairs(string file)
    {
        var hex = "";
        foreach (var line in File.ReadLines(file))
        {
            if (line.Split(":raw:") is [_, var raw])
            {
                hex = raw.Replace(":", "", StringComparison.Ordinal);
            }
            else if (line.IndexOf(":json:", StringComparison.Ordinal) is var at and > 0 && hex.Length > 0)
            {
                yield return (hex, line[(at + 6)..]);
            }
        }
    }

    private static JsonElement? FindUpdate(JsonElement root) =>
        root.TryGetProperty("neighbor", out var neighbor) && neighbor.GetProperty("message").TryGetProperty("update", out var update) ? update : null;

    private static bool IsUnicast(JsonElement update) =>
        Families(update, "announce").Concat(Families(update, "withdraw")).All(family => family.Name is "ipv4 unicast" or "ipv6 unicast")
        && !update.GetRawText().Contains("path-information", StringComparison.Ordinal);

    private static IEnumerable<JsonProperty> Families(JsonElement update, string kind) =>
        update.TryGetProperty(kind, out var families) ? families.EnumerateObject() : [];

    private static IEnumerable<string> Prefixes(JsonElement update)
    {
        var announced = Families(update, "announce").SelectMany(family => family.Value.EnumerateObject()).SelectMany(hop => hop.Value.EnumerateArray());
        var withdrawn = Families(update, "withdraw").SelectMany(family => family.Value.EnumerateArray());
        return announced.Concat(withdrawn).Select(item => item.GetProperty("nlri").GetString()!).Order();
    }

    private static string Describe(JsonElement update)
    {
        var attributes = update.GetProperty("attribute");
        var nextHop = Families(update, "announce").Single().Value.EnumerateObject().Single().Name;
        return string.Join(
            '|',
            nextHop,
            Text(attributes, "origin"),
            Text(attributes, "local-preference"),
            Text(attributes, "med"),
            Lists(attributes, "community"),
            Lists(attributes, "large-community"),
            attributes.TryGetProperty("extended-community", out var extended)
                ? string.Join(' ', extended.EnumerateArray().Select(item => item.GetProperty("value").GetUInt64()))
                : "");
    }

    private static string Describe(PathAttributes attributes) => string.Join(
        '|',
        attributes.NextHop,
        attributes.Origin.ToString()!.ToUpperInvariant(),
        attributes.LocalPref,
        attributes.Med,
        string.Join(' ', attributes.Communities.Select(community => $"{community.Value >> 16}:{community.Value & 0xFFFF}")),
        string.Join(' ', attributes.LargeCommunities),
        string.Join(' ', attributes.ExtendedCommunities.Select(community => community.Value)));

    private static string Text(JsonElement attributes, string name) =>
        attributes.TryGetProperty(name, out var value) ? value.ToString().ToUpperInvariant() : "";

    private static string Lists(JsonElement attributes, string name) => attributes.TryGetProperty(name, out var lists)
        ? string.Join(' ', lists.EnumerateArray().Select(list => string.Join(':', list.EnumerateArray())))
        : "";
}
