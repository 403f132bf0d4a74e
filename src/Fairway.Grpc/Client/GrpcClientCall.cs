using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Fairway.Grpc.Wire;
using Google.Protobuf;

namespace Fairway.Grpc.Client;

/// <summary>One call: sends the request, gives the messages of the answer, then its status.</summary>
internal sealed class GrpcClientCall : IDisposable
{
    private readonly HttpMessageInvoker http;
    private readonly GrpcTarget target;
    private readonly GrpcCallOptions options;
    private readonly CancellationToken cancelled;
    private readonly CancellationToken closed;
    private readonly CancellationTokenSource expired;
    private readonly CancellationTokenSource ended;
    private HttpResponseMessage? response;
    private PipeReader? body;
    private GrpcMessageReader? messages;

    /// <param name="http">The channel's connection.</param>
    /// <param name="target">Whom it calls.</param>
    /// <param name="options">What the caller asked for.</param>
    /// <param name="cancelled">The caller's own token.</param>
    /// <param name="closed">The end of the channel.</param>
    public GrpcClientCall(
        HttpMessageInvoker http, GrpcTarget target, GrpcCallOptions options, CancellationToken cancelled, CancellationToken closed)
    {
        this.http = http;
        this.target = target;
        this.options = options;
        this.cancelled = cancelled;
        this.closed = closed;
        expired = GrpcTimeout.Start(options.Timeout, target.TimeProvider);
        ended = CancellationTokenSource.CreateLinkedTokenSource(cancelled, closed, expired.Token);
    }

    public Task SendAsync<TRequest>(string path, TRequest request)
        where TRequest : IMessage<TRequest> => GuardAsync(async () =>
    {
        response = await http.SendAsync(Encode(path, request), ended.Token);
        RequireGrpc(response);
        body = PipeReader.Create(await response.Content.ReadAsStreamAsync(ended.Token));
        messages = new GrpcMessageReader(body, target.MaxReceiveMessageSize, GrpcStatusCode.Internal);
        return response;
    });

    /// <summary>The next message, or null when the call ended with OK.</summary>
    public Task<TResponse?> ReadAsync<TResponse>(MessageParser<TResponse> parser)
        where TResponse : class, IMessage<TResponse> => GuardAsync(async () =>
    {
        var message = await messages!.ReadAsync(parser, ended.Token);
        if (message is null)
            RequireOk(response!);
        return message;
    });

    /// <summary>A call that is not over is reset, so that the server's handler hears of it.</summary>
    public void Dispose()
    {
        body?.Complete();
        response?.Dispose();
        ended.Dispose();
        expired.Dispose();
    }

    private HttpRequestMessage Encode<TRequest>(string path, TRequest request)
        where TRequest : IMessage<TRequest>
    {
        var body = new ArrayBufferWriter<byte>();
        GrpcMessageWriter.Write(body, request);
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(target.Address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(body.WrittenMemory),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        message.Headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, GrpcHeaders.Identity);
        if (options.Timeout is { } timeout)
            message.Headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Encode(timeout));
        foreach (var (name, value) in options.Metadata)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    private static void RequireGrpc(HttpResponseMessage response)
    {
        if (response.Headers.Contains(GrpcHeaders.Status))
            RequireOk(response);
        else if (response.StatusCode != HttpStatusCode.OK || !GrpcHeaders.IsGrpc(response.Content.Headers.ContentType?.MediaType))
            throw ToException(GrpcStatus.FromHttp((int)response.StatusCode));
    }

    private static void RequireOk(HttpResponseMessage response)
    {
        // An answer without messages has its status in the only headers ("Trailers-Only").
        var code = Find(response.TrailingHeaders, GrpcHeaders.Status) ?? Find(response.Headers, GrpcHeaders.Status);
        var message = Find(response.TrailingHeaders, GrpcHeaders.Message) ?? Find(response.Headers, GrpcHeaders.Message);
        var status = code is null
            ? new GrpcStatus(GrpcStatusCode.Unknown, "the answer ended without a gRPC status")
            : GrpcStatus.Decode(code, message);
        if (status.Code != GrpcStatusCode.Ok)
            throw ToException(status);
    }

    private static string? Find(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;

    private static GrpcException ToException(GrpcStatus status) => new(status.Code, status.Message ?? "");

    private async Task<T> GuardAsync<T>(Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception cause) when (cause is not GrpcException && cancelled.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled);
        }
        catch (Exception cause) when (cause is not GrpcException && expired.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatusCode.DeadlineExceeded, $"no answer from {target.Name} within {options.Timeout}", cause);
        }
        catch (Exception cause) when (cause is not GrpcException && closed.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatusCode.Cancelled, "the channel was closed", cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw GrpcFailure.Explain(target.Name, cause);
        }
    }
}
