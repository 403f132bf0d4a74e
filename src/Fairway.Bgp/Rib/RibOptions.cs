using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>What the tables need to know of the instance.</summary>
public sealed record RibOptions
{
    public required Asn Asn { get; init; }

    public required RouterId RouterId { get; init; }

    public MultipathOptions Multipath { get; init; } = new();
}
