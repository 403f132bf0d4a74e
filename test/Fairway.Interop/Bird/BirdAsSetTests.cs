using Fairway.Interop.Rig;

namespace Fairway.Interop.Bird;

/// <summary>
/// An AS set keeps its place and its members on the way through us (RFC 4271 §5.1.2). BIRD passes sets on but makes none, so an FRR
/// behind it aggregates two routes: FRR (64510) - BIRD (64500) - Fairway (64501) - a second BIRD (64502).
/// </summary>
public sealed class BirdAsSetTests(ITestOutputHelper output)
{
    private const string Aggregate = """
        ip prefix-list FIRST permit 203.0.113.0/28
        route-map ONE permit 10
         set as-path prepend 64511
        route-map TWO permit 10
         set as-path prepend 4200000012
        router bgp 64510
         bgp router-id 198.18.0.1
         no bgp ebgp-requires-policy
         no bgp network import-check
         neighbor 198.18.0.2 remote-as 64500
         neighbor 198.18.0.2 timers connect 1
         neighbor 198.18.0.2 advertisement-interval 0
         address-family ipv4 unicast
          network 203.0.113.0/28 route-map ONE
          network 203.0.113.16/28 route-map TWO
          aggregate-address 203.0.113.0/24 as-set summary-only
        """;

    private const string TowardsFrr = """
        protocol bgp frr {
          local 198.18.0.2 as 64500; neighbor 198.18.0.1 as 64510;
          connect delay time 1; connect retry time 1; error wait time 1,2;
          ipv4 { import all; export none; };
        }
        """;

    private const string Second = """
        router id 198.18.1.1;
        protocol bgp node {
          local 198.18.1.1 as 64502; neighbor 198.18.1.2 as 64501;
          connect delay time 1; connect retry time 1; error wait time 1,2;
          ipv4 { import all; export none; };
        }
        """;

    private const string ToSecond = """
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: second}
        spec: {address: 198.18.1.1, asn: 64502, families: [ipv4-unicast]}
        """;

    [Fact]
    public async Task A_set_of_as_numbers_passes_through_us_unchanged()
    {
        await using var lab = new NetworkLab(output);
        var through = new BirdText { More = TowardsFrr }.ToString().Replace("if source != RTS_STATIC then reject;", "", StringComparison.Ordinal);
        var pair = await BirdPair.StartAsync(lab, new BirdText(), new FairwayText { More = ToSecond });
        var frrNode = lab.AddNode("frr");
        lab.Connect(frrNode, ["198.18.0.1/24"], pair.BirdNode, ["198.18.0.2/24"]);
        var secondNode = lab.AddNode("second");
        lab.Connect(secondNode, ["198.18.1.1/24"], pair.Node, ["198.18.1.2/24"]);
        await FrrRouter.StartAsync(frrNode, Aggregate);
        pair.Bird.Reconfigure(through);
        var second = await BirdRouter.StartAsync(secondNode, Second);

        await Eventually.Equal(
            "64501 64500 64510 {64511 4200000012}",
            () => second.Routes("203.0.113.0/24 protocol node").Single().AsPath,
            "the second BIRD sees the set behind our AS");
        Assert.Equal("64500 64510 {64511 4200000012}", pair.Fairway.LearnedFrom("four").Single(route => route.Prefix == "203.0.113.0/24").AsPath);
    }
}
