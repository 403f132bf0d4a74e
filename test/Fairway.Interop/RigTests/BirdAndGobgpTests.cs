using Fairway.Interop.Rig;

namespace Fairway.Interop.RigTests;

/// <summary>The rig's own proof: BIRD and GoBGP over iBGP, in both families, and graceful restart in both roles.</summary>
public sealed class BirdAndGobgpTests(ITestOutputHelper output)
{
    private const string Bird = """
        router id 192.0.2.1;
        protocol static four { ipv4; route 203.0.113.0/28 blackhole; }
        protocol bgp gobgp {
          local 192.0.2.1 as 64500; neighbor 192.0.2.2 as 64500;
          connect delay time 1; connect retry time 1; error wait time 1,2; graceful restart yes;
          ipv4 { import all; export where source = RTS_STATIC; };
          ipv6 { import all; export none; };
        }
        """;

    private const string Gobgp = """
        [global.config]
          as = 64500
          router-id = "192.0.2.2"
        [[neighbors]]
          [neighbors.config]
            peer-as = 64500
            neighbor-address = "192.0.2.1"
          [neighbors.timers.config]
            connect-retry = 1
            idle-hold-time-after-reset = 1
          [neighbors.graceful-restart.config]
            enabled = true
            restart-time = 60
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "ipv4-unicast"
            [neighbors.afi-safis.mp-graceful-restart.config]
              enabled = true
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "ipv6-unicast"
            [neighbors.afi-safis.mp-graceful-restart.config]
              enabled = true
        """;

    private static readonly string[] Prefixes =
    [
        "198.51.100.0/28", "198.51.100.16/28", "198.51.100.32/28", "198.51.100.48/28", "198.51.100.64/28",
        "2001:db8:a::/48", "2001:db8:b::/48", "2001:db8:c::/48", "2001:db8:d::/48", "2001:db8:e::/48",
    ];

    [Fact]
    public async Task Ten_announced_prefixes_arrive_with_their_attributes_and_go_when_withdrawn()
    {
        await using var lab = new NetworkLab(output);
        var (bird, gobgp) = await StartAsync(lab);
        await bird.EstablishedAsync("gobgp");

        AnnounceAll(gobgp);
        var expected = Prefixes.Select(Announced).ToHashSet();
        await Eventually.Equal(expected, () => From(bird.Routes(), "gobgp"), "BIRD holds GoBGP's ten prefixes");

        gobgp.Withdraw("2001:db8:c::/48");
        expected.RemoveWhere(route => route.Prefix == "2001:db8:c::/48");
        await Eventually.Equal(expected, () => From(bird.Routes(), "gobgp"), "the withdrawn prefix is gone from BIRD");
    }

    [Fact]
    public async Task Bird_keeps_the_routes_of_a_killed_gobgp_until_it_has_come_back()
    {
        await using var lab = new NetworkLab(output);
        var (bird, gobgp) = await StartAsync(lab);
        await bird.EstablishedAsync("gobgp");
        AnnounceAll(gobgp);
        await Eventually.Equal(10, () => From(bird.Routes(), "gobgp").Count, "BIRD holds GoBGP's ten prefixes");

        await gobgp.KillAsync();
        await Eventually.Passes(() => Assert.Contains("graceful restart active", bird.Protocol("gobgp").Details), "BIRD helps the restart");
        Assert.Equal(10, From(bird.Routes(), "gobgp").Count);

        await gobgp.StartAgainAsync(restarting: true);
        await Eventually.Equal(0, () => From(bird.Routes(), "gobgp").Count, "what was not announced again goes at End-of-RIB");
        await bird.EstablishedAsync("gobgp");
    }

    // Some twelve seconds: GoBGP rests five before it takes the session again, BIRD feeds its peer six after recovery.
    [Fact]
    public async Task Gobgp_keeps_the_route_of_a_gracefully_restarting_bird_as_stale()
    {
        await using var lab = new NetworkLab(output);
        var (bird, gobgp) = await StartAsync(lab);
        await Eventually.Equal([Static(stale: false)], () => From(gobgp.Routes(), "192.0.2.1"), "GoBGP holds BIRD's prefix");

        await bird.StopForGracefulRestartAsync();
        await Eventually.Equal([Static(stale: true)], () => From(gobgp.Routes(), "192.0.2.1"), "GoBGP keeps it while BIRD is away");

        await bird.StartAgainAsync(recover: true);
        await Eventually.Equal([Static(stale: false)], () => From(gobgp.Routes(), "192.0.2.1"), "BIRD announced it again");
    }

    private static async Task<(BirdRouter Bird, GobgpRouter Gobgp)> StartAsync(NetworkLab lab)
    {
        var left = lab.AddNode("bird");
        var right = lab.AddNode("gobgp");
        var fabric = lab.AddSwitch("fabric");
        lab.Attach(fabric, left, "192.0.2.1/24", "2001:db8:1::1/64");
        lab.Attach(fabric, right, "192.0.2.2/24", "2001:db8:1::2/64");
        return (await BirdRouter.StartAsync(left, Bird), await GobgpRouter.StartAsync(right, Gobgp));
    }

    private static void AnnounceAll(GobgpRouter gobgp)
    {
        foreach (var prefix in Prefixes)
            gobgp.Announce(prefix, [.. NextHop(prefix), "aspath", "4200000001 64496", "med", "5", "local-pref", "250",
                "community", "64500:1,64500:2", "large-community", "64500:1:2", "rt", "64500:9"]);
    }

    // GoBGP would name the session's own address, which is no IPv6 one.
    private static string[] NextHop(string prefix) => ["nexthop", prefix.Contains(':') ? "2001:db8:1::2" : "192.0.2.2"];

    private static SeenRoute Announced(string prefix) => new(prefix, NextHop(prefix)[1])
    {
        AsPath = "4200000001 64496",
        Med = 5,
        LocalPref = 250,
        Origin = "Incomplete",
        Communities = "64500:1 64500:2",
        LargeCommunities = "64500:1:2",
        ExtendedCommunities = "rt:64500:9",
        Best = true,
        From = "gobgp",
    };

    private static SeenRoute Static(bool stale)
        => new("203.0.113.0/28", "192.0.2.1") { LocalPref = 100, Best = true, Stale = stale, From = "192.0.2.1" };

    private static HashSet<SeenRoute> From(IEnumerable<SeenRoute> routes, string peer) => [.. routes.Where(route => route.From == peer)];
}
