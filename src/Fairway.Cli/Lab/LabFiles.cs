using Fairway.Agent;
using Fairway.Speakers;

namespace Fairway.Cli.Lab;

/// <summary>The lab's plan and its files: a directory for each agent, with its documents, state and socket.</summary>
internal sealed class LabFiles(string root, ushort port)
{
    public static readonly IReadOnlyList<LabNode> Nodes =
    [
        new("tor", "127.0.0.1", "192.0.2.251", 64500, ["203.0.113.0/24"], ["node-a", "node-b"]),
        new("node-a", "127.0.0.2", "192.0.2.252", 64501, ["192.0.2.1/32", "198.51.100.0/25"], ["tor"]),
        new("node-b", "127.0.0.3", "192.0.2.253", 64502, ["192.0.2.2/32", "198.51.100.128/25"], ["tor"]),
    ];

    public string Root => root;

    public string Documents(LabNode node) => Path.Combine(root, node.Name);

    public string Socket(LabNode node) => Path.Combine(root, node.Name + ".sock");

    public string AdvertisementPath(LabNode node) => Path.Combine(Documents(node), LabNode.AdvertisementFile);

    public AgentOptions Options(LabNode node) => new()
    {
        Node = node.Name,
        FilesPath = Documents(node),
        Dataplane = new DataplaneOptions { Kind = DataplaneKind.None },
        Api = new ApiOptions { Socket = Socket(node) },
        Http = null,
        State = null,
        Stop = StopPolicy.Withdraw,
    };

    public void Write()
    {
        foreach (var node in Nodes)
        {
            Directory.CreateDirectory(Documents(node));
            File.WriteAllText(Path.Combine(Documents(node), "bgp.yaml"), Bgp(node));
            WriteAdvertisement(node);
        }
    }

    public void WriteAdvertisement(LabNode node)
    {
        var hidden = Path.Combine(Documents(node), "." + LabNode.AdvertisementFile);
        File.WriteAllText(hidden, Advertisement(node));
        File.Move(hidden, AdvertisementPath(node), overwrite: true);
    }

    private string Bgp(LabNode node) => string.Join("---\n", Nodes.Where(other => node.Peers.Contains(other.Name)).Select(other => Peer(node, other)).Prepend(Instance(node)));

    private string Instance(LabNode node) => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec:
          asn: {{node.Asn}}
          routerId: {{node.RouterId}}
          listen: [{address: {{node.Address}}, port: {{port}}}]
          ebgpRequiresPolicy: false

        """;

    private string Peer(LabNode node, LabNode peer) => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: {{peer.Name}}}
        spec:
          address: {{peer.Address}}
          port: {{port}}
          asn: {{peer.Asn}}
          sourceAddress: {{node.Address}}
          families: [ipv4-unicast]
          timers: {hold: 9s, connectRetry: 1s}

        """;

    private static string Advertisement(LabNode node) => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: Advertisement
        metadata: {name: {{node.Name}}}
        spec:
          prefixes: [{{string.Join(", ", node.Prefixes)}}]

        """;
}
