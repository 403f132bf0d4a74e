using Fairway.Contracts.V1;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>What became of each wished prefix, from the verdicts and from what was really written to the peers.</summary>
internal sealed class Prefixes(AgentSnapshot snapshot, IReadOnlyDictionary<PeerKey, Speakers.PeerStatus> peers, IReadOnlySet<(IpPrefix Prefix, PeerKey Peer)> written)
{
    /// <summary>Reads what Adj-RIB-Out holds of our wishes.</summary>
    public static async Task<Prefixes> ReadAsync(AgentSnapshot snapshot, ISpeaker speaker, CancellationToken cancellationToken)
    {
        var peers = await speaker.ReadPeersAsync(cancellationToken);
        var reader = new WrittenPrefixes(snapshot, speaker);
        var written = new HashSet<(IpPrefix, PeerKey)>();
        foreach (var peer in peers)
        {
            await foreach (var prefix in reader.ReadAsync(peer, cancellationToken))
            {
                written.Add((prefix, peer.Key));
            }
        }

        return new Prefixes(snapshot, peers.ToDictionary(peer => peer.Key), written);
    }

    public IEnumerable<PrefixStatus> Rows() => snapshot.Wishes.Select(Row);

    private PrefixStatus Row(AdvertisementIntent wish)
    {
        var verdict = snapshot.VerdictOf(wish);
        var targets = verdict.Kind is VerdictKind.Accepted ? snapshot.Compiled.TargetsOf(wish) : [];
        var status = new PrefixStatus
        {
            Prefix = wish.Prefix.ToString(),
            Owner = wish.Key.Owner.Name,
            Origin = wish.Origin.ToString(),
        };
        status.AdvertisedTo.AddRange(targets.Where(peer => written.Contains((wish.Prefix, peer))).Select(NameOf));
        status.WaitingFor.AddRange(targets.Where(peer => !written.Contains((wish.Prefix, peer))).Select(NameOf));
        (status.State, status.Reason) = verdict.Kind switch
        {
            VerdictKind.Suppressed => ("suppressed", Reason(verdict)),
            VerdictKind.Refused => ("refused", Reason(verdict)),
            _ when status.AdvertisedTo.Count > 0 => ("advertised", ""),
            _ => ("pending", WaitingReason(targets)),
        };
        return status;
    }

    private string WaitingReason(ValueList<PeerKey> targets) =>
        targets.Any(IsUp) ? "not written to a peer: see fairway explain" : "no session of the selected peers is Established";

    private bool IsUp(PeerKey peer) => peers.TryGetValue(peer, out var status) && status.State is BgpState.Established;

    private string NameOf(PeerKey peer) => snapshot.Compiled.Peers.TryGetValue(peer, out var intent) ? intent.Options.Name : peer.ToString();

    private static string Reason(Verdict verdict) => verdict.Detail is { } detail ? $"{verdict.Reason}: {detail}" : verdict.Reason.ToString();
}
