namespace Fairway.Interop.Bird;

/// <summary>Documents of ours: an instance, one peer per family at 192.0.2.1 and 2001:db8:1::1, "four" and "six".</summary>
internal sealed record FairwayText
{
    public uint Asn { get; init; } = 64501;

    public uint PeerAsn { get; init; } = 64500;

    /// <summary>Further fields of both peers, e.g. "passive: true", one a line.</summary>
    public string Options { get; init; } = "";

    /// <summary>Further documents, each after a line "---".</summary>
    public string More { get; init; } = "";

    public override string ToString() => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec: {asn: {{Asn}}, routerId: 192.0.2.2, ebgpRequiresPolicy: false}
        ---
        {{Peer("four", "192.0.2.1", "ipv4-unicast")}}
        ---
        {{Peer("six", "2001:db8:1::1", "ipv6-unicast")}}
        {{More}}
        """;

    /// <summary>One Advertisement of all these prefixes.</summary>
    public static string Advertisement(string name, IEnumerable<string> prefixes, string attributes = "") => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: Advertisement
        metadata: {name: {{name}}}
        spec:
          prefixes: [{{string.Join(", ", prefixes.Select(prefix => $"\"{prefix}\""))}}]
          attributes: {{{attributes}}}
        """;

    private string Peer(string name, string address, string family) => $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: {{name}}}
        spec:
          address: "{{address}}"
          asn: {{PeerAsn}}
          families: [{{family}}]
        {{Options.ReplaceLineEndings("\n").Split('\n').Aggregate("", (lines, line) => $"{lines}  {line}\n").TrimEnd()}}
        """;
}
