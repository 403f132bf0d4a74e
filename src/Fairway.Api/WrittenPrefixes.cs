using System.Runtime.CompilerServices;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>Reads which of the wished prefixes were really written to the peers, from Adj-RIB-Out.</summary>
internal sealed class WrittenPrefixes(AgentSnapshot snapshot, ISpeaker speaker)
{
    // A look at one prefix costs about as much as this many rows of a whole table.
    private const int RowsPerLookup = 16;

    private readonly HashSet<IpPrefix> _wished = [.. snapshot.Wishes.Select(wish => wish.Prefix)];

    /// <summary>The wished prefixes in a peer's Adj-RIB-Out; none while its session is down.</summary>
    public async IAsyncEnumerable<IpPrefix> ReadAsync(Speakers.PeerStatus peer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (peer.State is not BgpState.Established || _wished.Count == 0)
        {
            yield break;
        }

        IEnumerable<IpPrefix?> reads = peer.Advertised / RowsPerLookup > _wished.Count ? _wished.Select(prefix => (IpPrefix?)prefix) : [null];
        foreach (var prefix in reads)
        {
            await foreach (var row in speaker.ReadRoutesAsync(new RouteQuery(RouteView.Advertised, peer.Key, prefix), cancellationToken))
            {
                if (_wished.Contains(row.Prefix))
                {
                    yield return row.Prefix;
                }
            }
        }
    }

    /// <summary>How many wished prefixes at least one of their peers was sent. Reads no more peers than it takes to find all.</summary>
    public async Task<int> CountAsync(IReadOnlyList<Speakers.PeerStatus> peers, CancellationToken cancellationToken)
    {
        var accepted = snapshot.Wishes.Where(wish => snapshot.VerdictOf(wish).Kind is VerdictKind.Accepted).ToLookup(wish => wish.Prefix, snapshot.Compiled.TargetsOf);
        var sent = new HashSet<IpPrefix>();
        foreach (var peer in peers)
        {
            if (sent.Count == accepted.Count)
            {
                break;
            }

            await foreach (var prefix in ReadAsync(peer, cancellationToken))
            {
                if (accepted[prefix].Any(targets => targets.Items.Contains(peer.Key)))
                {
                    sent.Add(prefix);
                }
            }
        }

        return sent.Count;
    }
}
