using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests;

public class CallTests
{
    private const string Method = "/test.Echo/Method";

    [Theory, OnEachTransport]
    public async Task Unary_call_gives_the_handlers_answer(Transport transport)
    {
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, StringValue.Parser, GreetAsync));

        var answer = await server.Connect(transport).UnaryAsync(Method, new StringValue { Value = "Zoë" }, StringValue.Parser);

        Assert.Equal("hello Zoë", answer.Value);
    }

    [Theory, OnEachTransport]
    public async Task Server_stream_gives_every_message_in_order(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            new GrpcService().ServerStreaming<Int32Value, Int32Value>(Method, Int32Value.Parser, CountAsync));

        var stream = server.Connect(transport).ServerStreaming(Method, new Int32Value { Value = 1000 }, Int32Value.Parser);

        Assert.Equal(Enumerable.Range(0, 1000), await stream.Select(message => message.Value).ToListAsync());
    }

    [Theory, OnEachTransport]
    public async Task Server_stream_without_messages_ends_with_ok(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            new GrpcService().ServerStreaming<Int32Value, Int32Value>(Method, Int32Value.Parser, CountAsync));

        var stream = server.Connect(transport).ServerStreaming(Method, new Int32Value { Value = 0 }, Int32Value.Parser);

        Assert.Empty(await stream.ToListAsync());
    }

    [Theory, OnEachTransport]
    public async Task Empty_messages_are_messages(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            new GrpcService().Unary(Method, Empty.Parser, (request, _) => Task.FromResult(request)));

        Assert.Equal(new Empty(), await server.Connect(transport).UnaryAsync(Method, new Empty(), Empty.Parser));
    }

    [Theory, OnEachTransport]
    public async Task Status_of_the_handler_reaches_the_caller_with_any_text(Transport transport)
    {
        const string Text = "peer tör1 is not known: 50 % of\r\nthem 🛣 are";
        await using var server = await TestServer.StartAsync(new GrpcService().Unary<Empty, Empty>(
            Method, Empty.Parser, (_, _) => throw new GrpcException(GrpcStatusCode.NotFound, Text)));

        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => server.Connect(transport).UnaryAsync(Method, new Empty(), Empty.Parser));

        Assert.Equal((GrpcStatusCode.NotFound, Text), (failure.StatusCode, failure.Message));
    }

    [Theory, OnEachTransport]
    public async Task Status_after_messages_reaches_the_caller_behind_them(Transport transport)
    {
        await using var server = await TestServer.StartAsync(new GrpcService().ServerStreaming<Empty, Int32Value>(
            Method, Empty.Parser, async (_, writer, _) =>
            {
                await writer.WriteAsync(new Int32Value { Value = 7 });
                throw new GrpcException(GrpcStatusCode.Aborted, "the table changed");
            }));
        var seen = new List<int>();

        var failure = await Assert.ThrowsAsync<GrpcException>(async () =>
        {
            await foreach (var message in server.Connect(transport).ServerStreaming(Method, new Empty(), Int32Value.Parser))
                seen.Add(message.Value);
        });

        Assert.Equal([7], seen);
        Assert.Equal((GrpcStatusCode.Aborted, "the table changed"), (failure.StatusCode, failure.Message));
    }

    [Fact]
    public async Task Any_other_exception_becomes_internal_without_its_text_and_is_logged()
    {
        using var log = new RecordingLoggerFactory();
        await using var server = await TestServer.StartAsync(
            new GrpcService().Unary<Empty, Empty>(
                Method, Empty.Parser, (_, _) => throw new InvalidOperationException("the secret is 42")),
            log);

        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => server.Connect(Transport.Tcp).UnaryAsync(Method, new Empty(), Empty.Parser));

        Assert.Equal((GrpcStatusCode.Internal, "the server failed to handle the call"), (failure.StatusCode, failure.Message));
        Assert.Contains(log.Exceptions, cause => cause is InvalidOperationException { Message: "the secret is 42" });
    }

    [Theory]
    [InlineData("/test.Echo/Other")]
    [InlineData("/test.Other/Method")]
    public async Task Unknown_method_or_service_is_unimplemented(string path)
    {
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, StringValue.Parser, GreetAsync));

        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => server.Connect(Transport.UnixSocket).UnaryAsync(path, new Empty(), Empty.Parser));

        Assert.Equal((GrpcStatusCode.Unimplemented, $"there is no method {path}"), (failure.StatusCode, failure.Message));
    }

    [Theory, OnEachTransport]
    public async Task Metadata_reaches_the_handler_without_the_protocols_own_headers(Transport transport)
    {
        var received = new GrpcMetadata();
        await using var server = await TestServer.StartAsync(new GrpcService().Unary(Method, Empty.Parser, (request, context) =>
        {
            received = context.RequestMetadata;
            return Task.FromResult(request);
        }));
        var metadata = new GrpcMetadata { { "x-owner", "novaedge" }, { "x-token-bin", new byte[] { 0, 1, 254, 255 } } };

        await server.Connect(transport).UnaryAsync(
            Method, new Empty(), Empty.Parser, new GrpcCallOptions { Metadata = metadata, Timeout = TimeSpan.FromMinutes(1) });

        Assert.Equal("novaedge", received.Find("X-Owner"));
        Assert.Equal([0, 1, 254, 255], received.FindBinary("x-token-bin")!);
        Assert.Equal(["x-owner", "x-token-bin"], received.Select(entry => entry.Key).Order());
    }

    [Fact]
    public async Task Fifty_clients_at_once_each_get_their_own_answers()
    {
        await using var server = await TestServer.StartAsync(new GrpcService()
            .Unary(Method, StringValue.Parser, GreetAsync)
            .ServerStreaming<Int32Value, Int32Value>("/test.Echo/Count", Int32Value.Parser, CountAsync));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async client =>
        {
            var channel = server.Connect(client % 2 == 0 ? Transport.UnixSocket : Transport.Tcp);
            var name = new StringValue { Value = $"client {client}" };
            for (var call = 0; call < 20; call++)
                Assert.Equal($"hello client {client}", (await channel.UnaryAsync(Method, name, StringValue.Parser)).Value);
            var count = channel.ServerStreaming("/test.Echo/Count", new Int32Value { Value = 500 + client }, Int32Value.Parser);
            Assert.Equal(500 + client, await count.CountAsync());
        }));
    }

    private static Task<StringValue> GreetAsync(StringValue request, GrpcCallContext context) =>
        Task.FromResult(new StringValue { Value = $"hello {request.Value}" });

    private static async Task CountAsync(Int32Value request, IGrpcStreamWriter<Int32Value> writer, GrpcCallContext context)
    {
        for (var value = 0; value < request.Value; value++)
            await writer.WriteAsync(new Int32Value { Value = value });
    }
}
