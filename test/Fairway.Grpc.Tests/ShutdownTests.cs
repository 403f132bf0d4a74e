using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests;

public class ShutdownTests
{
    private const string Method = "/test.Stop/Method";

    [Theory, OnEachTransport]
    public async Task Stop_ends_an_idle_stream_with_unavailable(Transport transport)
    {
        await using var server = await TestServer.StartAsync(new GrpcService().ServerStreaming<Empty, Empty>(
            Method, Empty.Parser, async (request, writer, context) =>
            {
                await writer.WriteAsync(request);
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
            }));
        await using var stream = server.Connect(transport).ServerStreaming(Method, new Empty(), Empty.Parser).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());

        await server.StopAsync(CancellationToken.None).OrHang();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => stream.MoveNextAsync().AsTask().OrHang());
        Assert.Equal((GrpcStatusCode.Unavailable, "the server is stopping"), (failure.StatusCode, failure.Message));
    }

    [Theory, OnEachTransport]
    public async Task Stop_ends_many_busy_streams_with_unavailable(Transport transport)
    {
        await using var server = await TestServer.StartAsync(new GrpcService().ServerStreaming<Empty, Empty>(
            Method, Empty.Parser, WriteForEverAsync));
        var channel = server.Connect(transport);
        var started = Enumerable.Range(0, 20).Select(_ => new TaskCompletionSource()).ToList();
        var calls = started.Select(async start =>
        {
            await foreach (var _ in channel.ServerStreaming(Method, new Empty(), Empty.Parser))
                start.TrySetResult();
        }).ToList();
        await Task.WhenAll(started.Select(start => start.Task)).OrHang();

        await server.StopAsync(CancellationToken.None).OrHang();

        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<GrpcException>(() => call.OrHang());
            Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
        }
    }

    [Theory, OnEachTransport]
    public async Task Stop_does_not_wait_for_a_reader_that_takes_nothing(Transport transport)
    {
        var large = new BytesValue { Value = ByteString.CopyFrom(new byte[4_000_000]) };
        await using var server = await TestServer.StartAsync(new GrpcService().ServerStreaming<Empty, BytesValue>(
            Method, Empty.Parser, async (_, writer, _) =>
            {
                await writer.WriteAsync(new BytesValue());
                await writer.WriteAsync(large); // more than the window of a client that took one empty message
            }));
        await using var stream = server.Connect(transport).ServerStreaming(Method, new Empty(), BytesValue.Parser).GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());

        await server.StopAsync(CancellationToken.None).OrHang();

        var failure = await Assert.ThrowsAsync<GrpcException>(async () =>
        {
            while (await stream.MoveNextAsync().AsTask().OrHang())
            {
            }
        });
        // Cut off, it sees either the end of the connection or HTTP/2's INTERNAL_ERROR before it.
        Assert.Contains(failure.StatusCode, new[] { GrpcStatusCode.Unavailable, GrpcStatusCode.Internal });
    }

    [Theory, OnEachTransport]
    public async Task Stop_lets_a_unary_call_finish(Transport transport)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, Empty.Parser, async (request, _) =>
        {
            started.SetResult();
            await release.Task;
            return request;
        }));
        var call = server.Connect(transport).UnaryAsync(Method, new Empty(), Empty.Parser);
        await started.Task.OrHang();

        var stop = server.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        release.SetResult();

        Assert.Equal(new Empty(), await call.OrHang());
        await stop.OrHang();
    }

    [Fact]
    public async Task Cancelled_stop_cuts_a_handler_that_does_not_end()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var service = new GrpcService().Unary<Empty, Empty>(Method, Empty.Parser, async (_, context) =>
        {
            started.SetResult();
            await context.CancellationToken.CancelledAsync();
            throw new OperationCanceledException(context.CancellationToken);
        });
        await using var server = await TestServer.StartAsync(service);
        var call = server.Connect(Transport.UnixSocket).UnaryAsync(Method, new Empty(), Empty.Parser);
        await started.Task.OrHang();

        await server.StopAsync(new CancellationToken(canceled: true)).OrHang();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => call.OrHang());
        Assert.NotEqual(GrpcStatusCode.Ok, failure.StatusCode);
    }

    [Fact]
    public async Task Socket_file_is_gone_after_the_stop()
    {
        await using var server = await TestServer.StartAsync(new GrpcService());
        Assert.True(File.Exists(server.SocketPath));

        await server.StopAsync(CancellationToken.None).OrHang();

        Assert.False(File.Exists(server.SocketPath));
    }

    private static async Task WriteForEverAsync(Empty request, IGrpcStreamWriter<Empty> writer, GrpcCallContext context)
    {
        while (true)
            await writer.WriteAsync(request);
    }
}
