using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Fairway.Grpc.Wire;
using Google.Protobuf;

namespace Fairway.Grpc.Client;

/// <summary>
/// Calls one server over HTTP/2 without TLS. Connects when first called, shares one connection between all calls and
/// connects again when it was lost.
/// </summary>
/// <remarks>
/// A call that did not end with OK throws <see cref="GrpcException"/>: UNAVAILABLE with the reason when there is no
/// connection, DEADLINE_EXCEEDED after its timeout. Cancelling the token throws <see cref="OperationCanceledException"/>.
/// </remarks>
public sealed class GrpcChannel : IDisposable
{
    private readonly GrpcTarget target;
    private readonly HttpMessageInvoker http;
    private readonly CancellationTokenSource closed = new();

    private GrpcChannel(GrpcTarget target, Func<CancellationToken, Task<Socket>> connect)
    {
        this.target = target;
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = System.Threading.Timeout.InfiniteTimeSpan,
            ConnectCallback = async (_, cancellationToken) => new NetworkStream(await connect(cancellationToken), ownsSocket: true),
        });
    }

    public static GrpcChannel ForUnixSocket(
        string path, TimeProvider timeProvider, int maxReceiveMessageSize = GrpcLimits.DefaultMaxReceiveMessageSize)
    {
        // gRPC's own clients name the host of a Unix socket localhost.
        var target = new GrpcTarget(path, new Uri("http://localhost"), maxReceiveMessageSize, timeProvider);
        return new(target, cancellationToken => ConnectAsync(
            new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path), cancellationToken));
    }

    public static GrpcChannel ForTcp(
        string host, int port, TimeProvider timeProvider, int maxReceiveMessageSize = GrpcLimits.DefaultMaxReceiveMessageSize)
    {
        var address = new UriBuilder("http", host, port).Uri;
        var target = new GrpcTarget(address.Authority, address, maxReceiveMessageSize, timeProvider);
        return new(target, cancellationToken => ConnectAsync(
            new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }, new DnsEndPoint(address.IdnHost, port), cancellationToken));
    }

    /// <summary>Asks once and waits for the one answer; the path reads <c>/package.Service/Method</c>.</summary>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        string path,
        TRequest request,
        MessageParser<TResponse> parser,
        GrpcCallOptions? options = null,
        CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = Call(options, cancellationToken);
        await call.SendAsync(path, request);
        var response = await call.ReadAsync(parser)
            ?? throw new GrpcException(GrpcStatusCode.Unimplemented, "the answer carries no message");
        return await call.ReadAsync(parser) is null
            ? response
            : throw new GrpcException(GrpcStatusCode.Unimplemented, "the answer carries more than one message");
    }

    /// <summary>Gives the messages as they come; whoever reads slowly slows the server down. Leaving the loop cancels the call.</summary>
    public async IAsyncEnumerable<TResponse> ServerStreaming<TRequest, TResponse>(
        string path,
        TRequest request,
        MessageParser<TResponse> parser,
        GrpcCallOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var call = Call(options, cancellationToken);
        await call.SendAsync(path, request);
        while (await call.ReadAsync(parser) is { } response)
            yield return response;
    }

    /// <summary>Closes the connection; calls that are under way end with CANCELLED.</summary>
    public void Dispose()
    {
        if (closed.IsCancellationRequested)
            return;
        closed.Cancel();
        http.Dispose();
        closed.Dispose();
    }

    private GrpcClientCall Call(GrpcCallOptions? options, CancellationToken cancellationToken) =>
        new(http, target, options ?? new(), cancellationToken, closed.Token);

    private static async Task<Socket> ConnectAsync(Socket socket, EndPoint endPoint, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
