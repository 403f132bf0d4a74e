using System.Threading.Channels;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Agent.Http;

/// <summary>Answers probes from what the loops really do, and gives the figures of status as metrics.</summary>
internal sealed class AgentHealth(AgentParts parts, TimeProvider time) : IAgentHealth
{
    /// <summary>The loop comes round at least every 10 s (it saves a sign of life); three missed rounds mean that it hangs.</summary>
    private static readonly TimeSpan LoopLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan SpeakerPatience = TimeSpan.FromSeconds(5);

    public string? NotReadyReason
    {
        get
        {
            var refusal = parts.View.Snapshot.Failures.FirstOrDefault(failure => failure.Change is SpeakerChange.Instance);
            return !parts.Loop.HasTaken ? $"the documents have not been read yet: the files source is {parts.Files.Snapshot.State}"
                : !parts.Routing.Snapshot.IsStarted ? "the kernel has not been read yet"
                : refusal is { } refused ? $"the speaker does not listen: {refused.Reason}"
                : null;
        }
    }

    public async Task<string?> CheckAliveAsync(CancellationToken cancellationToken)
    {
        if (parts.Loop.SinceLastPass > LoopLimit)
        {
            return $"the agent's loop has not come round for {parts.Loop.SinceLastPass.TotalSeconds:0} s";
        }

        using var patience = new CancellationTokenSource(SpeakerPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await parts.Speaker.ReadPeersAsync(either.Token);
            return null;
        }
        catch (ChannelClosedException)
        {
            return "the speaker has ended";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the speaker has not answered for {SpeakerPatience.TotalSeconds:0} s";
        }
    }

    public async Task<string> WriteMetricsAsync(CancellationToken cancellationToken)
    {
        var text = new PrometheusText();
        var peers = await parts.Speaker.ReadPeersAsync(cancellationToken);
        WritePeers(text, peers);
        WriteTotals(text);
        return text.ToString();
    }

    private static void WritePeers(PrometheusText text, IReadOnlyList<PeerStatus> peers)
    {
        Each(text, peers, "fairway_peer_up", "gauge", "1 while the session is Established.", peer => peer.State is BgpState.Established ? 1 : 0);
        Each(text, peers, "fairway_peer_received_paths", "gauge", "Paths in Adj-RIB-In.", peer => peer.Received);
        Each(text, peers, "fairway_peer_accepted_paths", "gauge", "Paths that import policy accepted.", peer => peer.Accepted);
        Each(text, peers, "fairway_peer_advertised_prefixes", "gauge", "Prefixes in Adj-RIB-Out.", peer => peer.Advertised);
        Each(text, peers, "fairway_peer_updates_received_total", "counter", "UPDATE messages received in the current session.", peer => peer.UpdatesIn);
        Each(text, peers, "fairway_peer_updates_sent_total", "counter", "UPDATE messages sent in the current session.", peer => peer.UpdatesOut);
    }

    private static void Each(PrometheusText text, IReadOnlyList<PeerStatus> peers, string name, string type, string help, Func<PeerStatus, double> value)
    {
        text.Family(name, type, help);
        foreach (var peer in peers)
        {
            text.Sample(name, value(peer), ("peer", peer.Name), ("address", peer.Key.ToString()));
        }
    }

    private void WriteTotals(PrometheusText text)
    {
        var snapshot = parts.View.Snapshot;
        var routing = parts.Routing.Snapshot;
        text.Gauge("fairway_prefixes_desired", "Prefixes that some owner wishes to advertise.", snapshot.PrefixesDesired);
        text.Gauge("fairway_routes_learned", "Prefixes with a usable learned route.", routing.Learned);
        text.Gauge("fairway_routes_installed", "Learned routes in the forwarding table.", routing.Installed);
        text.Gauge("fairway_routes_refused", "Routes that the dataplane refused.", routing.Refused);
        text.Gauge("fairway_drift_open", "Differences between what was put in place and what is there.", parts.View.Drift.OpenCount);
        text.Gauge("fairway_changes_failed", "Changes that the speaker refused and that are tried again.", snapshot.Failures.Length);
        text.Gauge("fairway_document_problems", "Errors and warnings about documents.", snapshot.Problems.Length);
        text.Gauge("fairway_restarting", "1 while re-learning after a restart is not complete.", snapshot.RestartedGracefully && !routing.Restarting.IsEmpty ? 1 : 0);
        text.Family("fairway_source_ready", "gauge", "1 while the source delivers complete snapshots.");
        foreach (var source in snapshot.Sources)
        {
            text.Sample("fairway_source_ready", source.State is "ready" ? 1 : 0, ("source", source.Name));
        }
    }
}
