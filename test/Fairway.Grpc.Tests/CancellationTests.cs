using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests;

public class CancellationTests
{
    private const string Method = "/test.Cancel/Method";

    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory, OnEachTransport]
    public async Task Cancelling_a_unary_call_reaches_the_handler(Transport transport)
    {
        var service = new GrpcService().Unary<Empty, Empty>(Method, Empty.Parser, async (_, context) =>
        {
            await WaitForCancelAsync(context);
            throw new OperationCanceledException(context.CancellationToken);
        });
        await using var server = await TestServer.StartAsync(service);
        using var source = new CancellationTokenSource();

        var call = server.Connect(transport).UnaryAsync(Method, new Empty(), Empty.Parser, cancellationToken: source.Token);
        await started.Task.OrHang();
        await source.CancelAsync();

        var failure = await Assert.ThrowsAsync<OperationCanceledException>(() => call.OrHang());
        Assert.Equal(source.Token, failure.CancellationToken);
        await cancelled.Task.OrHang();
    }

    [Theory, OnEachTransport]
    public async Task Cancelling_between_messages_reaches_the_handler(Transport transport)
    {
        await using var server = await TestServer.StartAsync(Stream());
        using var source = new CancellationTokenSource();
        var stream = server.Connect(transport).ServerStreaming(Method, new Empty(), Empty.Parser).WithCancellation(source.Token);

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in stream)
                await source.CancelAsync();
        });

        await cancelled.Task.OrHang();
    }

    [Theory, OnEachTransport]
    public async Task Leaving_the_loop_reaches_the_handler(Transport transport)
    {
        await using var server = await TestServer.StartAsync(Stream());

        await foreach (var _ in server.Connect(transport).ServerStreaming(Method, new Empty(), Empty.Parser))
            break;

        await cancelled.Task.OrHang();
    }

    [Theory, OnEachTransport]
    public async Task Closing_the_channel_ends_the_call_and_reaches_the_handler(Transport transport)
    {
        await using var server = await TestServer.StartAsync(Stream());
        var channel = server.Connect(transport);
        var stream = channel.ServerStreaming(Method, new Empty(), Empty.Parser).GetAsyncEnumerator();
        await stream.MoveNextAsync();

        channel.Dispose();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => stream.MoveNextAsync().AsTask().OrHang());
        Assert.Equal((GrpcStatusCode.Cancelled, "the channel was closed"), (failure.StatusCode, failure.Message));
        await cancelled.Task.OrHang();
    }

    private GrpcService Stream() => new GrpcService().ServerStreaming<Empty, Empty>(
        Method, Empty.Parser, async (request, writer, context) =>
        {
            await writer.WriteAsync(request);
            await WaitForCancelAsync(context);
        });

    private async Task WaitForCancelAsync(GrpcCallContext context)
    {
        started.SetResult();
        await context.CancellationToken.CancelledAsync();
        cancelled.SetResult();
    }
}
