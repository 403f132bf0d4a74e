using Fairway.Interop.Rig;

namespace Fairway.Interop.Frr;

/// <summary>FRR (192.0.2.2) and an agent (192.0.2.1, AS 65540) over one cable, with a session for each family.</summary>
internal sealed class FrrPair
{
    public const int ExternalAsn = 64501;
    public const int InternalAsn = 65540;

    /// <summary>What the agent advertises.</summary>
    public static readonly string[] OurPrefixes =
    [
        "203.0.113.0/28", "203.0.113.16/28", "203.0.113.32/28", "203.0.113.48/28", "203.0.113.64/28",
        "2001:db8:a::/48", "2001:db8:b::/48", "2001:db8:c::/48", "2001:db8:d::/48", "2001:db8:e::/48",
    ];

    /// <summary>What FRR announces.</summary>
    public static readonly string[] FrrPrefixes =
    [
        "198.51.100.0/28", "198.51.100.16/28", "198.51.100.32/28", "198.51.100.48/28", "198.51.100.64/28",
        "2001:db8:fa::/48", "2001:db8:fb::/48", "2001:db8:fc::/48", "2001:db8:fd::/48", "2001:db8:fe::/48",
    ];

    private readonly int asn;

    private FrrPair(int asn) => this.asn = asn;

    public FrrRouter Frr { get; private set; } = null!;

    public FairwayRouter Agent { get; private set; } = null!;

    public LabNode FrrNode { get; private set; } = null!;

    public LabNode Node { get; private set; } = null!;

    /// <summary>Both started; returns once both sessions are up.</summary>
    public static async Task<FrrPair> StartAsync(NetworkLab lab, int frrAsn)
    {
        var pair = new FrrPair(frrAsn) { FrrNode = lab.AddNode("frr"), Node = lab.AddNode("node") };
        lab.Connect(pair.Node, ["192.0.2.1/24", "2001:db8:1::1/64"], pair.FrrNode, ["192.0.2.2/24", "2001:db8:1::2/64"]);
        pair.Frr = await FrrRouter.StartAsync(pair.FrrNode, pair.Configuration(FrrPrefixes));
        pair.Agent = await FairwayRouter.StartAsync(pair.Node, pair.Documents(OurPrefixes));
        await pair.Agent.EstablishedAsync("frr4");
        await pair.Agent.EstablishedAsync("frr6");
        return pair;
    }

    /// <summary>FRR's routes of ours.</summary>
    public HashSet<SeenRoute> AtFrr() => [.. Frr.Routes().Where(route => route.From is "192.0.2.1" or "2001:db8:1::1")];

    /// <summary>Our routes of FRR's.</summary>
    public HashSet<SeenRoute> AtAgent() => [.. Agent.Routes()];

    /// <summary>Waits until each side holds the other's ten prefixes, none of them stale.</summary>
    public async Task ConvergedAsync()
    {
        await Eventually.Equal(10, () => AtFrr().Count(route => !route.Stale), "FRR holds our ten prefixes");
        await Eventually.Equal(10, () => AtAgent().Count(route => !route.Stale), "the agent holds FRR's ten prefixes");
    }

    public string Documents(IEnumerable<string> prefixes) => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec: {asn: 65540, routerId: 192.0.2.1, ebgpRequiresPolicy: false}
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: frr4}
        spec: {address: 192.0.2.2, asn: {{asn}}, families: [ipv4-unicast], timers: {connectRetry: 1s} }
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: frr6}
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

    public string Configuration(IEnumerable<string> prefixes, bool shutdown = false) => $"""
        route-map OUT permit 10
         set metric 33
         set local-preference 250
         set community 64501:1 64501:2
         set large-community 64501:1:2
         set extcommunity rt 64501:55
         set as-path prepend 65551
        router bgp {asn}
         bgp router-id 192.0.2.2
         no bgp ebgp-requires-policy
         no bgp network import-check
         no bgp default ipv4-unicast
         bgp graceful-restart
         bgp graceful-restart preserve-fw-state
        {Neighbor("192.0.2.1", shutdown)}
        {Neighbor("2001:db8:1::1", shutdown)}
         address-family ipv4 unicast
          neighbor 192.0.2.1 activate
          neighbor 192.0.2.1 route-map OUT out
        {Networks(prefixes.Where(prefix => !prefix.Contains(':')))}
         exit-address-family
         address-family ipv6 unicast
          neighbor 2001:db8:1::1 activate
          neighbor 2001:db8:1::1 route-map OUT out
        {Networks(prefixes.Where(prefix => prefix.Contains(':')))}
        """;

    /// <summary>Lets the neighbors of a configuration with shutdown connect.</summary>
    public void NoShutdown() => Frr.Vtysh(
        "configure terminal", $"router bgp {asn}", "no neighbor 192.0.2.1 shutdown", "no neighbor 2001:db8:1::1 shutdown");

    private static string Neighbor(string address, bool shutdown) => $"""
         neighbor {address} remote-as 65540
         neighbor {address} timers connect 1
         neighbor {address} advertisement-interval 0
         {(shutdown ? "" : "no ")}neighbor {address} shutdown
        """;

    private static string Networks(IEnumerable<string> prefixes) => string.Join('\n', prefixes.Select(prefix => $"  network {prefix}"));
}
