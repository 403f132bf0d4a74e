using System.IO.Pipelines;
using Fairway.Grpc.Wire;
using Google.Protobuf;

namespace Fairway.Grpc.Server;

/// <summary>Runs one call: reads the request, asks the handler, writes what it answers.</summary>
internal delegate Task GrpcInvocation(GrpcMessageReader request, PipeWriter response, GrpcCallContext context);

/// <summary>A method as the server runs it; streams end when the server stops, other calls may finish.</summary>
internal sealed record GrpcMethod(bool IsStreaming, GrpcInvocation InvokeAsync);

/// <summary>The methods of a service, by request path (<c>/package.Service/Method</c>).</summary>
public sealed class GrpcService
{
    private readonly Dictionary<string, GrpcMethod> methods = [];

    internal IReadOnlyDictionary<string, GrpcMethod> Methods => methods;

    public GrpcService Unary<TRequest, TResponse>(
        string path, MessageParser<TRequest> parser, Func<TRequest, GrpcCallContext, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        methods.Add(path, new(IsStreaming: false, async (requests, response, context) =>
        {
            var request = await ReadOnlyOneAsync(requests, parser, context.CancellationToken);
            var answer = await handler(request, context);
            await new GrpcStreamWriter<TResponse>(response, context.CancellationToken).WriteAsync(answer);
        }));
        return this;
    }

    public GrpcService ServerStreaming<TRequest, TResponse>(
        string path, MessageParser<TRequest> parser, Func<TRequest, IGrpcStreamWriter<TResponse>, GrpcCallContext, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        methods.Add(path, new(IsStreaming: true, async (requests, response, context) =>
        {
            var request = await ReadOnlyOneAsync(requests, parser, context.CancellationToken);
            await handler(request, new GrpcStreamWriter<TResponse>(response, context.CancellationToken), context);
        }));
        return this;
    }

    // grpc/doc/statuscodes.md: another number of requests than one is UNIMPLEMENTED.
    private static async Task<TRequest> ReadOnlyOneAsync<TRequest>(
        GrpcMessageReader requests, MessageParser<TRequest> parser, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
    {
        var request = await requests.ReadAsync(parser, cancellationToken)
            ?? throw new GrpcException(GrpcStatusCode.Unimplemented, "the call carries no request message");
        return await requests.ReadAsync(parser, cancellationToken) is null
            ? request
            : throw new GrpcException(GrpcStatusCode.Unimplemented, "the call carries more than one request message");
    }
}
