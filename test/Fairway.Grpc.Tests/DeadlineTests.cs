using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests;

public class DeadlineTests
{
    private const string Method = "/test.Deadline/Method";
    private static readonly GrpcCallOptions Short = new() { Timeout = TimeSpan.FromMilliseconds(100) };

    [Theory, OnEachTransport]
    public async Task Caller_gives_up_on_a_handler_that_ignores_the_deadline(Transport transport)
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, Empty.Parser, async (request, _) =>
        {
            await release.Task;
            return request;
        }));

        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => server.Connect(transport).UnaryAsync(Method, new Empty(), Empty.Parser, Short).OrHang());

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, failure.StatusCode);
        release.SetResult();
    }

    [Theory, OnEachTransport]
    public async Task Handler_sees_the_callers_deadline(Transport transport)
    {
        DateTimeOffset? seen = null;
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, Empty.Parser, (request, context) =>
        {
            seen = context.Deadline;
            return Task.FromResult(request);
        }));
        var hour = TimeSpan.FromHours(1);
        var before = DateTimeOffset.UtcNow;

        await server.Connect(transport).UnaryAsync(Method, new Empty(), Empty.Parser, new() { Timeout = hour });

        Assert.InRange(seen!.Value, before + hour, DateTimeOffset.UtcNow + hour);
    }

    [Fact]
    public async Task Stream_ends_at_its_deadline_even_when_messages_flow()
    {
        await using var server = await TestServer.StartAsync(new GrpcService().ServerStreaming<Empty, Empty>(
            Method, Empty.Parser, async (request, writer, _) =>
            {
                while (true)
                    await writer.WriteAsync(request);
            }));

        var stream = server.Connect(Transport.UnixSocket).ServerStreaming(Method, new Empty(), Empty.Parser, Short);

        var failure = await Assert.ThrowsAsync<GrpcException>(() => stream.CountAsync().AsTask().OrHang());
        Assert.Equal(GrpcStatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task Call_without_a_timeout_has_no_deadline()
    {
        DateTimeOffset? seen = DateTimeOffset.MinValue;
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, Empty.Parser, (request, context) =>
        {
            seen = context.Deadline;
            return Task.FromResult(request);
        }));

        await server.Connect(Transport.Tcp).UnaryAsync(Method, new Empty(), Empty.Parser);

        Assert.Null(seen);
    }
}
