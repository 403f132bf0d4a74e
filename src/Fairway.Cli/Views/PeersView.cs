using Fairway.Cli.Output;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Views;

/// <summary>The tables of the agent's answers; names of columns are the outer contract.</summary>
internal static partial class AgentViews
{
    public static readonly View<PeerStatus> Peers = new(
        new("name", "NAME", peer => peer.Name),
        new("address", "ADDRESS", peer => peer.Address),
        new("asn", "AS", peer => peer.HasAsn ? peer.Asn : null),
        new("state", "STATE", peer => peer.State),
        new("familiesNegotiated", "FAMILIES", peer => Json.Array(peer.FamiliesNegotiated), Wide: true),
        new("received", "RECEIVED", peer => peer.Received),
        new("accepted", "ACCEPTED", peer => peer.Accepted),
        new("advertised", "ADVERTISED", peer => peer.Advertised),
        new("uptimeSeconds", "UPTIME", peer => peer.HasUptimeSeconds ? peer.UptimeSeconds : null) { Text = peer => peer.HasUptimeSeconds ? Durations.Short(peer.UptimeSeconds) : "" },
        new("lastError", "LAST ERROR", peer => peer.HasLastError ? peer.LastError : null),
        new("bfd", "BFD", peer => peer.HasBfd ? peer.Bfd : null, Wide: true),
        new("owner", "OWNER", peer => peer.Owner, Wide: true));
}
