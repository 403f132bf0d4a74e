using System.Threading.Channels;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>A BGP implementation that we drive. Members may be called from any thread; changes are carried out one plan at a time.</summary>
public interface ISpeaker : IAsyncDisposable
{
    /// <summary>"native", "gobgp" or "frr".</summary>
    string Kind { get; }

    /// <summary>What is learned from peers.</summary>
    ILearnedRoutes Learned { get; }

    /// <summary>Session changes, newest kept: a reader that falls behind loses the oldest.</summary>
    ChannelReader<SpeakerEvent> Events { get; }

    /// <summary>Carries out a plan, goes on past what is refused, and tells what is in place.</summary>
    ValueTask<SpeakerReport> ApplyAsync(SpeakerPlan plan, SpeakerState applied, CancellationToken cancellationToken);

    /// <summary>Reads what is really there (design D6).</summary>
    ValueTask<SpeakerObservation> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Puts right what <see cref="ReadAsync"/> found wrong beyond its state.</summary>
    ValueTask RepairAsync(IReadOnlyList<SpeakerMismatch> mismatches, CancellationToken cancellationToken);

    ValueTask<IReadOnlyList<PeerStatus>> ReadPeersAsync(CancellationToken cancellationToken);

    /// <summary>A consistent copy in pieces: a table of any size never stands still for its reader.</summary>
    IAsyncEnumerable<RouteRow> ReadRoutesAsync(RouteQuery query, CancellationToken cancellationToken);

    /// <summary>The way of a prefix to a peer, or to the first that lacks it: gates instance, session, family, nextHop, export, sent.</summary>
    ValueTask<IReadOnlyList<Gate>> ExplainExportAsync(IpPrefix prefix, PeerKey peer, CancellationToken cancellationToken);

    /// <summary>The way of a learned prefix into Loc-RIB: gates received, import, nextHop, best.</summary>
    ValueTask<IReadOnlyList<Gate>> ExplainImportAsync(IpPrefix prefix, PeerKey? peer, CancellationToken cancellationToken);

    /// <summary>The answers to these questions have changed; their prefixes, and no others, are decided again.</summary>
    void NextHopsChanged(IReadOnlyCollection<NextHopQuery> queries);

    /// <summary>Stops: keep leaves forwarding to graceful restart (design D8), withdraw takes every route back first.</summary>
    ValueTask StopAsync(StopPolicy policy, CancellationToken cancellationToken);
}

/// <summary>How a speaker ends.</summary>
public enum StopPolicy
{
    Keep,
    Withdraw,
}
