using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>A switch above the node: BIRD, one cable, a session for each family, and prefixes that a test changes as it likes.</summary>
internal sealed class Tor
{
    private readonly int number;
    private readonly int asn;
    private BirdRouter bird = null!;

    private Tor(int number, int asn, LabNode node) => (this.number, this.asn, Node) = (number, asn, node);

    /// <summary>The namespace of the switch.</summary>
    public LabNode Node { get; }

    /// <summary>The node's interface on this cable.</summary>
    public string Cable => $"to-tor{number}";

    /// <summary>The addresses of the switch; the node's end in 1.</summary>
    public string Gateway4 => $"192.0.2.{(number * 16) + 2}";

    public string Gateway6 => $"2001:db8:{number}::2";

    /// <summary>The two BgpPeer documents for this switch, tor1v4 and tor1v6; <paramref name="more"/> is added to each spec.</summary>
    public string Peers(string more = "") => $$"""
        {{Peer("v4", Gateway4, "ipv4-unicast", more)}}
        {{Peer("v6", Gateway6, "ipv6-unicast", more)}}
        """;

    public static async Task<Tor> StartAsync(NetworkLab lab, LabNode node, int number, int asn, params string[] prefixes)
    {
        var tor = new Tor(number, asn, lab.AddNode($"tor{number}"));
        lab.Connect(node, [$"192.0.2.{(number * 16) + 1}/28", $"2001:db8:{number}::1/64"], tor.Node, [$"{tor.Gateway4}/28", $"{tor.Gateway6}/64"]);
        tor.bird = await BirdRouter.StartAsync(tor.Node, tor.Configuration(prefixes, ""));
        return tor;
    }

    /// <summary>Announces exactly these prefixes; <paramref name="filter"/> are BIRD statements for each, e.g. "bgp_next_hop = 198.18.0.9;".</summary>
    public void Announce(string[] prefixes, string filter = "") => bird.Reconfigure(Configuration(prefixes, filter));

    private string Peer(string family, string address, string negotiated, string more) => $$"""
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: tor{{number}}{{family}}}
        spec: {address: "{{address}}", asn: {{asn}}, families: [{{negotiated}}], timers: {hold: 3s, connectRetry: 1s}, {{more}} }
        """;

    private string Configuration(string[] prefixes, string filter) => $$"""
        router id {{Gateway4}};
        protocol static four { ipv4; {{Routes(prefixes.Where(prefix => !prefix.Contains(':')))}} }
        protocol static six { ipv6; {{Routes(prefixes.Where(prefix => prefix.Contains(':')))}} }
        filter outward { if source != RTS_STATIC then reject; {{filter}} accept; }
        template bgp session { local as {{asn}}; connect delay time 1; connect retry time 1; error wait time 1,2; }
        protocol bgp node4 from session { neighbor 192.0.2.{{(number * 16) + 1}} as 65540; ipv4 { import all; export filter outward; }; }
        protocol bgp node6 from session { neighbor 2001:db8:{{number}}::1 as 65540; ipv6 { import all; export filter outward; }; }
        """;

    private static string Routes(IEnumerable<string> prefixes) => string.Concat(prefixes.Select(prefix => $"route {prefix} blackhole; "));
}
