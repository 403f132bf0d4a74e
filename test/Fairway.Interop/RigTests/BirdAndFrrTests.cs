using Fairway.Interop.Rig;

namespace Fairway.Interop.RigTests;

/// <summary>The rig's own proof: BIRD and FRR, without us, exchange routes and each shows the other's as they were sent.</summary>
public sealed class BirdAndFrrTests(ITestOutputHelper output)
{
    private const string Bird = """
        router id 192.0.2.1;
        protocol static four { ipv4;
          route 203.0.113.0/28 blackhole; route 203.0.113.16/28 blackhole; route 203.0.113.32/28 blackhole;
          route 203.0.113.48/28 blackhole; route 203.0.113.64/28 blackhole; }
        protocol static six { ipv6;
          route 2001:db8:a::/48 blackhole; route 2001:db8:b::/48 blackhole; route 2001:db8:c::/48 blackhole;
          route 2001:db8:d::/48 blackhole; route 2001:db8:e::/48 blackhole; }
        filter outward {
          if source != RTS_STATIC then reject;
          bgp_path.prepend(4200000001);
          bgp_med = 7;
          bgp_community.add((64500,10)); bgp_community.add((65535,65281));
          bgp_large_community.add((64500,1,2));
          bgp_ext_community.add((rt,64500,100));
          accept;
        }
        protocol bgp frr {
          local 192.0.2.1 as 64500; neighbor 192.0.2.2 as 64501;
          connect delay time 1; connect retry time 1; error wait time 1,2; graceful restart off; long lived graceful restart off;
          ipv4 { import all; export filter outward; };
          ipv6 { import all; export filter outward; next hop address 2001:db8:1::1; };
        }
        """;

    private const string Frr = """
        route-map OUT permit 10
         set metric 33
         set community 64501:1 64501:2
         set large-community 64501:1:2
         set extcommunity rt 64501:55
         set ipv6 next-hop global 2001:db8:1::2
        router bgp 64501
         bgp router-id 192.0.2.2
         no bgp ebgp-requires-policy
         no bgp network import-check
         neighbor 192.0.2.1 remote-as 64500
         neighbor 192.0.2.1 timers connect 1
         neighbor 192.0.2.1 advertisement-interval 0
         address-family ipv4 unicast
          network 198.51.100.0/28
          neighbor 192.0.2.1 route-map OUT out
         address-family ipv6 unicast
          network 2001:db8:f::/48
          neighbor 192.0.2.1 activate
          neighbor 192.0.2.1 route-map OUT out
        """;

    private const string FrrGracefulRestart = """

         exit-address-family
         bgp graceful-restart
         bgp graceful-restart preserve-fw-state
        """;

    private static readonly string[] BirdPrefixes =
    [
        "203.0.113.0/28", "203.0.113.16/28", "203.0.113.32/28", "203.0.113.48/28", "203.0.113.64/28",
        "2001:db8:a::/48", "2001:db8:b::/48", "2001:db8:c::/48", "2001:db8:d::/48", "2001:db8:e::/48",
    ];

    [Fact]
    public async Task Ten_prefixes_arrive_with_their_attributes_and_go_when_withdrawn()
    {
        await using var lab = new NetworkLab(output);
        var (bird, frr) = await StartAsync(lab);

        await bird.EstablishedAsync("frr");
        await frr.EstablishedAsync("192.0.2.1");

        var expected = BirdPrefixes.Select(FromBird).ToHashSet();
        await Eventually.Equal(expected, () => From(frr.Routes(), "192.0.2.1"), "FRR holds BIRD's ten prefixes");
        await Eventually.Equal(
            [FromFrr("198.51.100.0/28", "192.0.2.2"), FromFrr("2001:db8:f::/48", "2001:db8:1::2")],
            () => From(bird.Routes(), "frr"),
            "BIRD holds FRR's two prefixes");

        bird.Reconfigure(Bird.Replace("route 203.0.113.16/28 blackhole;", ""));
        expected.RemoveWhere(route => route.Prefix == "203.0.113.16/28");
        await Eventually.Equal(expected, () => From(frr.Routes(), "192.0.2.1"), "the withdrawn prefix is gone from FRR");
    }

    [Fact]
    public async Task A_killed_bgpd_takes_its_routes_along_and_brings_them_back()
    {
        await using var lab = new NetworkLab(output);
        var (bird, frr) = await StartAsync(lab);
        await Eventually.Equal(2, () => From(bird.Routes(), "frr").Count, "BIRD holds FRR's two prefixes");

        await frr.Bgpd.KillAsync();
        await Eventually.Equal(0, () => From(bird.Routes(), "frr").Count, "without graceful restart they go with the session");

        await frr.StartBgpdAsync();
        await Eventually.Equal(2, () => From(bird.Routes(), "frr").Count, "they return with the new bgpd");
    }

    [Fact]
    public async Task Frr_and_bird_each_keep_the_others_routes_over_a_graceful_restart()
    {
        await using var lab = new NetworkLab(output);
        var graceful = Bird.Replace("graceful restart off; long lived graceful restart off;", "graceful restart yes;");
        var (bird, frr) = await StartAsync(lab, graceful, Frr + FrrGracefulRestart);
        await Eventually.Equal(10, () => From(frr.Routes(), "192.0.2.1").Count, "FRR holds BIRD's ten prefixes");
        await Eventually.Equal(2, () => From(bird.Routes(), "frr").Count, "BIRD holds FRR's two prefixes");

        await bird.StopForGracefulRestartAsync();
        await Eventually.Equal(10, () => From(frr.Routes(), "192.0.2.1").Count(route => route.Stale), "FRR keeps them as stale");
        await bird.StartAgainAsync(recover: true);
        await Eventually.Equal(10, () => From(frr.Routes(), "192.0.2.1").Count(route => !route.Stale), "BIRD announced them again");

        await frr.Bgpd.KillAsync();
        await Eventually.Passes(() => Assert.Contains("graceful restart active", bird.Protocol("frr").Details), "BIRD helps the restart");
        Assert.Equal(2, From(bird.Routes(), "frr").Count);
        await frr.StartBgpdAsync();
        var session = await bird.EstablishedAsync("frr");
        Assert.Contains("Restart recovery", session.Details.Split("Neighbor capabilities")[1]);
    }

    private static async Task<(BirdRouter Bird, FrrRouter Frr)> StartAsync(NetworkLab lab, string birdText = Bird, string frrText = Frr)
    {
        var left = lab.AddNode("bird");
        var right = lab.AddNode("frr");
        lab.Connect(left, ["192.0.2.1/24", "2001:db8:1::1/64"], right, ["192.0.2.2/24", "2001:db8:1::2/64"]);
        return (await BirdRouter.StartAsync(left, birdText), await FrrRouter.StartAsync(right, frrText));
    }

    private static SeenRoute FromBird(string prefix) => new(prefix, prefix.Contains(':') ? "2001:db8:1::1" : "192.0.2.1")
    {
        AsPath = "64500 4200000001",
        Med = 7,
        Communities = "64500:10 65535:65281",
        LargeCommunities = "64500:1:2",
        ExtendedCommunities = "rt:64500:100",
        Best = true,
        From = "192.0.2.1",
    };

    private static SeenRoute FromFrr(string prefix, string nextHop) => new(prefix, nextHop)
    {
        AsPath = "64501",
        Med = 33,
        LocalPref = 100,
        Communities = "64501:1 64501:2",
        LargeCommunities = "64501:1:2",
        ExtendedCommunities = "rt:64501:55",
        Best = true,
        From = "frr",
    };

    private static HashSet<SeenRoute> From(IEnumerable<SeenRoute> routes, string peer) => [.. routes.Where(route => route.From == peer)];
}
