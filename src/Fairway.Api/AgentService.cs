using Fairway.Contracts.V1;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>The service fairway.v1.Fairway: reads of what is, and plans. It changes nothing.</summary>
public sealed partial class AgentService(IAgentView agent, TimeProvider time)
{
    private const int BatchSize = 1000;

    /// <summary>The methods, for the server.</summary>
    public GrpcService Describe() => new GrpcService()
        .Unary(FairwayMethods.GetStatus, GetStatusRequest.Parser, GetStatusAsync)
        .Unary(FairwayMethods.ListPeers, ListPeersRequest.Parser, ListPeersAsync)
        .Unary(FairwayMethods.Explain, ExplainRequest.Parser, ExplainAsync)
        .Unary(FairwayMethods.Plan, PlanRequest.Parser, PlanAsync)
        .ServerStreaming<ListPrefixesRequest, ListPrefixesResponse>(FairwayMethods.ListPrefixes, ListPrefixesRequest.Parser, ListPrefixesAsync)
        .ServerStreaming<ListRoutesRequest, ListRoutesResponse>(FairwayMethods.ListRoutes, ListRoutesRequest.Parser, ListRoutesAsync)
        .ServerStreaming<GetDriftRequest, GetDriftResponse>(FairwayMethods.GetDrift, GetDriftRequest.Parser, GetDriftAsync);

    private async Task<GetStatusResponse> GetStatusAsync(GetStatusRequest request, GrpcCallContext context)
    {
        var snapshot = agent.Snapshot;
        var now = time.GetUtcNow();
        var peers = await agent.Speaker.ReadPeersAsync(context.CancellationToken);
        var status = new GetStatusResponse
        {
            Node = snapshot.Node,
            RouterId = snapshot.Compiled.Desired.Instance?.RouterId.ToString() ?? "",
            Speaker = snapshot.Speaker,
            Dataplane = snapshot.Dataplane,
            PeersUp = (uint)peers.Count(peer => peer.State is BgpState.Established),
            PeersTotal = (uint)snapshot.Compiled.Peers.Count,
            PrefixesDesired = (uint)snapshot.PrefixesDesired,
            PrefixesAdvertised = (uint)await new WrittenPrefixes(snapshot, agent.Speaker).CountAsync(peers, context.CancellationToken),
            RoutesInstalled = (uint)agent.Routing.Snapshot.Installed,
            DriftOpen = (uint)agent.Drift.OpenCount,
            Restarting = snapshot.RestartedGracefully && !agent.Routing.Snapshot.Restarting.IsEmpty,
        };
        if (snapshot.Compiled.Desired.Instance is { } instance)
        {
            status.Asn = instance.Asn.Value;
        }

        status.Sources.AddRange(snapshot.Sources.Select(source => ToMessage(source, now)));
        status.Warnings.AddRange(snapshot.Warnings.Concat(snapshot.Problems.Select(problem => problem.ToString())).Concat(snapshot.Failures.Select(failure => failure.Reason)));
        return status;
    }

    private async Task<ListPeersResponse> ListPeersAsync(ListPeersRequest request, GrpcCallContext context)
    {
        var snapshot = agent.Snapshot;
        var now = time.GetUtcNow();
        var response = new ListPeersResponse();
        var known = await agent.Speaker.ReadPeersAsync(context.CancellationToken);
        foreach (var peer in known.Concat(PeersNotCarriedOut(snapshot, known)).OrderBy(peer => peer.Key))
        {
            var owner = snapshot.Compiled.Peers.TryGetValue(peer.Key, out var intent) ? intent.Key.Owner.Name : "";
            response.Peers.Add(RouteMessages.ToMessage(peer, owner, now));
        }

        return response;
    }

    // A peer that the speaker refused is wished for all the same, and the reason stands where people look for it.
    private static IEnumerable<Speakers.PeerStatus> PeersNotCarriedOut(AgentSnapshot snapshot, IReadOnlyList<Speakers.PeerStatus> known)
    {
        var instance = snapshot.Failures.FirstOrDefault(failure => failure.Change is SpeakerChange.Instance)?.Reason;
        return snapshot.Compiled.Desired.Peers.Values.ExceptBy(known.Select(peer => peer.Key), peer => peer.Key).Select(peer => new Speakers.PeerStatus
        {
            Key = peer.Key,
            Name = peer.Name,
            Asn = peer.Asn ?? default,
            LastError = snapshot.Failures.FirstOrDefault(failure => failure.Change is SpeakerChange.Peer change && change.Key == peer.Key)?.Reason ?? instance ?? "the speaker has not taken the peer yet",
        });
    }

    private async Task<ExplainResponse> ExplainAsync(ExplainRequest request, GrpcCallContext context)
    {
        if (!IpPrefix.TryParse(request.Prefix, out var prefix))
        {
            throw new GrpcException(GrpcStatusCode.InvalidArgument, $"'{request.Prefix}' is not a prefix such as 192.0.2.0/24 or 2001:db8::/32");
        }

        PeerKey? peer = request.Peer.Length > 0 ? FindPeer(request.Peer) : null;
        var explainer = new Explainer(agent.Snapshot, agent.Speaker, agent.Routing);
        var answer = await explainer.ExplainAsync(prefix, peer, context.CancellationToken);
        var response = new ExplainResponse { Prefix = answer.Prefix.ToString(), Peer = answer.Peer ?? "", Verdict = answer.Verdict };
        response.Gates.AddRange(answer.Gates.Select(RouteMessages.ToMessage));
        return response;
    }

    private Task<PlanResponse> PlanAsync(PlanRequest request, GrpcCallContext context)
    {
        if (request.Owner is not ("" or "files/fairway"))
        {
            throw new GrpcException(GrpcStatusCode.Unimplemented, $"plans for owner '{request.Owner}' are not built yet; only those that replace files/fairway are");
        }

        var plan = agent.Plan([.. request.Documents.Select(document => new PlannedDocument(document.Path, document.Text))]);
        var response = new PlanResponse { Impact = plan.Impact.ToString().ToLowerInvariant() };
        response.Problems.AddRange(plan.Problems.Where(problem => problem.Severity is ProblemSeverity.Error).Select(PlanMessages.ToMessage));
        response.Changes.AddRange(plan.Rows.Select(PlanMessages.ToMessage));
        return Task.FromResult(response);
    }

    private PeerKey FindPeer(string nameOrAddress)
    {
        foreach (var (key, intent) in agent.Snapshot.Compiled.Peers)
        {
            if (intent.Options.Name == nameOrAddress || key.ToString() == nameOrAddress)
            {
                return key;
            }
        }

        throw new GrpcException(GrpcStatusCode.NotFound, $"there is no peer '{nameOrAddress}'; `fairway peers` lists them");
    }

    private static SourceStatus ToMessage(SourceState source, DateTimeOffset now)
    {
        var message = new SourceStatus { Name = source.Name, State = source.State };
        if (source.Since is { } since)
        {
            message.AgeSeconds = (uint)Math.Max(0, (now - since).TotalSeconds);
        }

        return message;
    }
}
