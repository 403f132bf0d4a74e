using Fairway.Contracts.V1;
using Fairway.Grpc.Client;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Fairway.Cli;

/// <summary>Asks the agent over its socket.</summary>
internal sealed class AgentClient(string socket) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForUnixSocket(socket, TimeProvider.System);

    public Task<GetStatusResponse> GetStatusAsync(CancellationToken token) => UnaryAsync(FairwayMethods.GetStatus, new GetStatusRequest(), GetStatusResponse.Parser, token);

    public async Task<IReadOnlyList<PeerStatus>> ListPeersAsync(CancellationToken token) =>
        (await UnaryAsync(FairwayMethods.ListPeers, new ListPeersRequest(), ListPeersResponse.Parser, token)).Peers;

    public Task<ExplainResponse> ExplainAsync(ExplainRequest request, CancellationToken token) => UnaryAsync(FairwayMethods.Explain, request, ExplainResponse.Parser, token);

    public Task<PlanResponse> PlanAsync(PlanRequest request, CancellationToken token) => UnaryAsync(FairwayMethods.Plan, request, PlanResponse.Parser, token);

    public Task<List<PrefixStatus>> ListPrefixesAsync(CancellationToken token) =>
        StreamAsync(FairwayMethods.ListPrefixes, new ListPrefixesRequest(), ListPrefixesResponse.Parser, batch => batch.Prefixes, token);

    public Task<List<Route>> ListRoutesAsync(ListRoutesRequest request, CancellationToken token) =>
        StreamAsync(FairwayMethods.ListRoutes, request, ListRoutesResponse.Parser, batch => batch.Routes, token);

    public Task<List<DriftItem>> GetDriftAsync(CancellationToken token) =>
        StreamAsync(FairwayMethods.GetDrift, new GetDriftRequest(), GetDriftResponse.Parser, batch => batch.Items, token);

    public void Dispose() => _channel.Dispose();

    private Task<TResponse> UnaryAsync<TRequest, TResponse>(string method, TRequest request, MessageParser<TResponse> parser, CancellationToken token)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => _channel.UnaryAsync(method, request, parser, cancellationToken: token);

    private async Task<List<TItem>> StreamAsync<TRequest, TResponse, TItem>(
        string method, TRequest request, MessageParser<TResponse> parser, Func<TResponse, RepeatedField<TItem>> items, CancellationToken token)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var all = new List<TItem>();
        await foreach (var batch in _channel.ServerStreaming(method, request, parser, cancellationToken: token))
        {
            all.AddRange(items(batch));
        }

        return all;
    }
}
