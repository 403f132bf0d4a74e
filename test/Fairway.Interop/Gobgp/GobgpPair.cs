using Fairway.Interop.Rig;

namespace Fairway.Interop.Gobgp;

/// <summary>GoBGP (192.0.2.2) and an agent (192.0.2.1, AS 65540) over one cable, with a session for each family.</summary>
internal sealed class GobgpPair
{
    public const int ExternalAsn = 64501;
    public const int InternalAsn = 65540;

    /// <summary>What the agent advertises.</summary>
    public static readonly string[] OurPrefixes =
    [
        "203.0.113.0/28", "203.0.113.16/28", "203.0.113.32/28", "203.0.113.48/28", "203.0.113.64/28",
        "2001:db8:a::/48", "2001:db8:b::/48", "2001:db8:c::/48", "2001:db8:d::/48", "2001:db8:e::/48",
    ];

    /// <summary>What GoBGP announces.</summary>
    public static readonly string[] GobgpPrefixes =
    [
        "198.51.100.0/28", "198.51.100.16/28", "198.51.100.32/28", "198.51.100.48/28", "198.51.100.64/28",
        "2001:db8:fa::/48", "2001:db8:fb::/48", "2001:db8:fc::/48", "2001:db8:fd::/48", "2001:db8:fe::/48",
    ];

    private readonly int asn;

    private GobgpPair(int asn) => this.asn = asn;

    public GobgpRouter Gobgp { get; private set; } = null!;

    public FairwayRouter Agent { get; private set; } = null!;

    public LabNode Node { get; private set; } = null!;

    /// <summary>Both started, GoBGP's prefixes announced; returns once both sessions are up.</summary>
    public static async Task<GobgpPair> StartAsync(NetworkLab lab, int gobgpAsn)
    {
        var pair = new GobgpPair(gobgpAsn) { Node = lab.AddNode("node") };
        var gobgp = lab.AddNode("gobgp");
        lab.Connect(pair.Node, ["192.0.2.1/24", "2001:db8:1::1/64"], gobgp, ["192.0.2.2/24", "2001:db8:1::2/64"]);
        pair.Gobgp = await GobgpRouter.StartAsync(gobgp, pair.Configuration(down: false));
        pair.Announce(GobgpPrefixes);
        pair.Agent = await FairwayRouter.StartAsync(pair.Node, pair.Documents(OurPrefixes));
        await pair.Agent.EstablishedAsync("gobgp4");
        await pair.Agent.EstablishedAsync("gobgp6");
        return pair;
    }

    public void Announce(IEnumerable<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            string[] inside = asn == InternalAsn ? ["local-pref", "250"] : [];
            Gobgp.Announce(prefix, ["nexthop", Gateway(prefix), "origin", "igp", "aspath", "65551", "med", "5", .. inside,
                "community", "64501:1,64501:2", "large-community", "64501:1:2", "rt", "64501:55"]);
        }
    }

    /// <summary>Starts gobgpd in its graceful restart; it meets its peers only when everything to announce is there.</summary>
    public async Task StartGobgpAgainAsync(IEnumerable<string> prefixes)
    {
        await Gobgp.StartAgainAsync(restarting: true, Configuration(down: true));
        Announce(prefixes);
        Gobgp.Command("neighbor", "192.0.2.1", "enable");
        Gobgp.Command("neighbor", "2001:db8:1::1", "enable");
    }

    /// <summary>GoBGP's routes of ours.</summary>
    public HashSet<SeenRoute> AtGobgp() => [.. Gobgp.Routes().Where(route => route.From is "192.0.2.1" or "2001:db8:1::1")];

    /// <summary>Our routes of GoBGP's.</summary>
    public HashSet<SeenRoute> AtAgent() => [.. Agent.Routes()];

    /// <summary>Waits until each side holds the other's ten prefixes, none of them stale.</summary>
    public async Task ConvergedAsync()
    {
        await Eventually.Equal(10, () => AtGobgp().Count(route => !route.Stale), "GoBGP holds our ten prefixes");
        await Eventually.Equal(10, () => AtAgent().Count(route => !route.Stale), "the agent holds GoBGP's ten prefixes");
    }

    public static string Gateway(string prefix) => prefix.Contains(':') ? "2001:db8:1::2" : "192.0.2.2";

    public string Documents(IEnumerable<string> prefixes) => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec: {asn: 65540, routerId: 192.0.2.1, ebgpRequiresPolicy: false}
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: gobgp4}
        spec: {address: 192.0.2.2, asn: {{asn}}, families: [ipv4-unicast], timers: {connectRetry: 1s} }
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: gobgp6}
        spec: {address: "2001:db8:1::2", asn: {{asn}}, families: [ipv6-unicast], timers: {connectRetry: 1s} }
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: Advertisement
        metadata: {name: ours}
        spec:
          prefixes: [{{string.Join(", ", prefixes.Select(prefix => $"\"{prefix}\""))}}]
          attributes:
            localPref: 200
            med: 7
            communities: ["64500:10", "64500:11"]
            largeCommunities: ["65540:1:2"]
            extendedCommunities: ["rt:64500:100"]
            prepend: 1
        """;

    private string Configuration(bool down) => $"""
        [global.config]
          as = {asn}
          router-id = "192.0.2.2"
        {Neighbor("192.0.2.1", "ipv4-unicast", down)}
        {Neighbor("2001:db8:1::1", "ipv6-unicast", down)}
        """;

    private static string Neighbor(string address, string family, bool down) => $"""
        [[neighbors]]
          [neighbors.config]
            peer-as = 65540
            neighbor-address = "{address}"
            admin-down = {(down ? "true" : "false")}
          [neighbors.timers.config]
            connect-retry = 1
            idle-hold-time-after-reset = 1
          [neighbors.graceful-restart.config]
            enabled = true
            restart-time = 60
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "{family}"
            [neighbors.afi-safis.mp-graceful-restart.config]
              enabled = true
        """;
}
