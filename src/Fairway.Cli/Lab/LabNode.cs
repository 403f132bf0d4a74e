namespace Fairway.Cli.Lab;

/// <summary>One agent of the lab: a node, or the ToR that connects them.</summary>
internal sealed record LabNode(string Name, string Address, string RouterId, uint Asn, IReadOnlyList<string> Prefixes, IReadOnlyList<string> Peers)
{
    /// <summary>The document that is taken away and put back while the lab runs.</summary>
    public const string AdvertisementFile = "advertisement.yaml";
}
