using Fairway.Contracts.V1;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Fairway.Net.Options;
using Fairway.Routing.Forwarding;
using Fairway.Speakers;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Api;

/// <content>Tables that may be large, sent in batches.</content>
public sealed partial class AgentService
{
    private async Task ListPrefixesAsync(ListPrefixesRequest request, IGrpcStreamWriter<ListPrefixesResponse> stream, GrpcCallContext context)
    {
        var prefixes = await Prefixes.ReadAsync(agent.Snapshot, agent.Speaker, context.CancellationToken);
        foreach (var batch in prefixes.Rows().Chunk(BatchSize))
        {
            var response = new ListPrefixesResponse();
            response.Prefixes.AddRange(batch);
            await stream.WriteAsync(response);
        }
    }

    private async Task ListRoutesAsync(ListRoutesRequest request, IGrpcStreamWriter<ListRoutesResponse> stream, GrpcCallContext context)
    {
        var peers = (await agent.Speaker.ReadPeersAsync(context.CancellationToken)).ToDictionary(peer => peer.Key, peer => peer.Name);
        var response = new ListRoutesResponse();
        await foreach (var row in agent.Speaker.ReadRoutesAsync(QueryOf(request), context.CancellationToken))
        {
            response.Routes.Add(ToMessage(row, request.Scope, peers));
            if (response.Routes.Count == BatchSize)
            {
                await stream.WriteAsync(response);
                response = new ListRoutesResponse();
            }
        }

        if (response.Routes.Count > 0)
        {
            await stream.WriteAsync(response);
        }
    }

    private RouteQuery QueryOf(ListRoutesRequest request) => request.Scope switch
    {
        RouteScope.Best => new RouteQuery(RouteView.LocRib, request.Peer.Length > 0 ? FindPeer(request.Peer) : null),
        RouteScope.Received => new RouteQuery(RouteView.Received, FindPeer(request.Peer)),
        RouteScope.Advertised => new RouteQuery(RouteView.Advertised, FindPeer(request.Peer)),
        _ => throw new GrpcException(GrpcStatusCode.InvalidArgument, $"scope {(int)request.Scope} is not known"),
    };

    private Route ToMessage(RouteRow row, RouteScope scope, Dictionary<PeerKey, string> peers)
    {
        var message = RouteMessages.ToMessage(row, row.Peer is { } peer ? peers.GetValueOrDefault(peer, peer.ToString()) : "");
        if (scope is RouteScope.Best && row is { Best: true, Peer: not null })
        {
            AddSharedNextHops(message, row);
            var installation = agent.Routing.Find(row.Prefix);
            message.Installed = installation.IsInstalled;
            message.Reason = installation.IsInstalled ? message.Reason : installation.Reason.ToWord();
        }

        return message;
    }

    // The best path stands for all that share the load with it.
    private void AddSharedNextHops(Route message, RouteRow best)
    {
        foreach (var path in agent.Routing.LearnedOf(best.Prefix)?.Paths.Skip(1) ?? [])
        {
            var nextHop = path.NextHop.Address.ToString();
            if (!message.NextHops.Contains(nextHop))
            {
                message.NextHops.Add(nextHop);
            }
        }
    }

    private async Task GetDriftAsync(GetDriftRequest request, IGrpcStreamWriter<GetDriftResponse> stream, GrpcCallContext context)
    {
        foreach (var batch in agent.Drift.Snapshot().Chunk(BatchSize))
        {
            var response = new GetDriftResponse();
            response.Items.AddRange(batch.Select(item => new DriftItem
            {
                Layer = item.Layer,
                Object = item.Object,
                Desired = item.Desired,
                Observed = item.Contested ? $"{item.Observed} (contested)" : item.Observed,
                Since = Timestamp.FromDateTimeOffset(item.Since),
                Repaired = item.Repaired,
            }));
            await stream.WriteAsync(response);
        }
    }
}
