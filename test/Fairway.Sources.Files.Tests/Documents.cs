namespace Fairway.Sources.Files.Tests;

/// <summary>Short documents.</summary>
internal static class Documents
{
    public const string Instance = """
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec: {asn: 64496}

        """;

    public static string Peer(string name, string address = "192.0.2.1", string extra = "") => $$"""
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: BgpPeer
        metadata: {name: {{name}}}
        spec:
          address: {{address}}
          asn: 64511
          {{extra}}

        """;

    public static string Vips(params string[] prefixes) => $$"""
        ---
        apiVersion: fairway.dev/v1alpha1
        kind: Advertisement
        metadata: {name: vips}
        spec:
          prefixes: [{{string.Join(", ", prefixes)}}]

        """;
}
