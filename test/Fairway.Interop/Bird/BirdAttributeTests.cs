using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>Ten prefixes each way in both families arrive with every attribute as it was sent (RFC 4271 §5, 1997, 4360, 8092, 6793).</summary>
public sealed class BirdAttributeTests(ITestOutputHelper output)
{
    private const string BirdSets = """
        bgp_path.prepend(4200000002); bgp_path.prepend(4200000001);
        bgp_med = 7;
        bgp_origin = ORIGIN_EGP;
        bgp_local_pref = 333;
        bgp_community.add((64500,10)); bgp_community.add((64500,20));
        bgp_large_community.add((4200000001,1,2));
        bgp_ext_community.add((rt,64500,100)); bgp_ext_community.add((ro,64500,200));
        """;

    private const string OurAttributes =
        """med: 0, localPref: 222, communities: ["64501:1", "64501:2"], largeCommunities: ["4200000009:3:4"], extendedCommunities: ["rt:64501:5", "soo:64501:6"]""";

    private const string OurPolicy = """
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: RoutePolicy
        metadata: {name: outward}
        spec:
          statements:
            - match: {source: local}
              set: {origin: incomplete, prepend: {asn: 4200000009, times: 2}}
              then: accept
        """;

    [Fact]
    public async Task Every_attribute_passes_between_external_peers()
    {
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(
            lab, new BirdText { Set = BirdSets }, new FairwayText { Options = "export: [outward]", More = OurPolicy }, OurAttributes);

        await Eventually.Equal(
            BirdPair.OurPrefixes.Select(prefix => FromUs(prefix) with { AsPath = "64501 4200000009 4200000009", LocalPref = 100 }).ToHashSet(),
            () => pair.FromUs().ToHashSet(),
            "BIRD holds what we sent, with its own default local preference");
        await Eventually.Equal(
            BirdPair.BirdPrefixes.Select(prefix => FromBird(prefix) with { AsPath = "64500 4200000001 4200000002" }).ToHashSet(),
            () => BirdPair.Sessions.SelectMany(pair.Fairway.LearnedFrom).ToHashSet(),
            "we hold what BIRD sent; its local preference is not for us");
    }

    [Fact]
    public async Task Every_attribute_and_local_preference_pass_between_internal_peers()
    {
        await using var lab = new NetworkLab(output);
        var pair = await BirdPair.StartAsync(
            lab,
            new BirdText { Set = BirdSets, PeerAsn = 64500 },
            new FairwayText { Asn = 64500, Options = "export: [outward]", More = OurPolicy },
            OurAttributes);

        await Eventually.Equal(
            BirdPair.OurPrefixes.Select(prefix => FromUs(prefix) with { AsPath = "4200000009 4200000009", LocalPref = 222 }).ToHashSet(),
            () => pair.FromUs().ToHashSet(),
            "BIRD holds what we sent, our local preference too");
        await Eventually.Equal(
            BirdPair.BirdPrefixes.Select(prefix => FromBird(prefix) with { AsPath = "4200000001 4200000002", LocalPref = 333 }).ToHashSet(),
            () => BirdPair.Sessions.SelectMany(pair.Fairway.LearnedFrom).ToHashSet(),
            "we hold what BIRD sent, its local preference too");
    }

    private static SeenRoute FromUs(string prefix) => new(prefix, prefix.Contains(':') ? "2001:db8:1::2" : "192.0.2.2")
    {
        Med = 0,
        Origin = "Incomplete",
        Communities = "64501:1 64501:2",
        LargeCommunities = "4200000009:3:4",
        ExtendedCommunities = "ro:64501:6 rt:64501:5",
        Best = true,
        From = prefix.Contains(':') ? "six" : "four",
    };

    private static SeenRoute FromBird(string prefix) => new(prefix, prefix.Contains(':') ? "2001:db8:1::1" : "192.0.2.1")
    {
        Med = 7,
        Origin = "EGP",
        Communities = "64500:10 64500:20",
        LargeCommunities = "4200000001:1:2",
        ExtendedCommunities = "rt:64500:100 soo:64500:200",
        Best = true,
        From = prefix.Contains(':') ? "six" : "four",
    };
}
