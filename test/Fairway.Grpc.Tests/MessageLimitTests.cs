using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests;

public class MessageLimitTests
{
    private const string Method = "/test.Limits/Method";

    // BytesValue spends five bytes on tag and length at this size.
    private const int LargestPayload = (4 * 1024 * 1024) - 5;

    [Theory, OnEachTransport]
    public async Task Message_of_exactly_the_limit_passes_both_ways(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            new GrpcService().Unary(Method, BytesValue.Parser, (request, _) => Task.FromResult(request)));
        var request = new BytesValue { Value = ByteString.CopyFrom(new byte[LargestPayload]) };
        Assert.Equal(GrpcLimits.DefaultMaxReceiveMessageSize, request.CalculateSize());

        var answer = await server.Connect(transport).UnaryAsync(Method, request, BytesValue.Parser).OrHang();

        Assert.Equal(request, answer);
    }

    [Theory, OnEachTransport]
    public async Task Larger_request_is_refused_by_the_server_and_the_connection_lives_on(Transport transport)
    {
        await using var server = await TestServer.StartAsync(
            new GrpcService().Unary(Method, BytesValue.Parser, (request, _) => Task.FromResult(request)));
        var channel = server.Connect(transport);
        var request = new BytesValue { Value = ByteString.CopyFrom(new byte[LargestPayload + 1]) };

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(Method, request, BytesValue.Parser).OrHang());

        Assert.Equal(GrpcStatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal("a message of 4194305 bytes is larger than the limit of 4194304", failure.Message);
        Assert.Equal(new BytesValue(), await channel.UnaryAsync(Method, new BytesValue(), BytesValue.Parser).OrHang());
    }

    [Theory, OnEachTransport]
    public async Task Larger_answer_is_refused_by_the_client_unless_it_asked_for_more(Transport transport)
    {
        var large = new BytesValue { Value = ByteString.CopyFrom(new byte[LargestPayload + 1]) };
        await using var server = await TestServer.StartAsync(
            new GrpcService().Unary(Method, Empty.Parser, (_, _) => Task.FromResult(large)));

        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => server.Connect(transport).UnaryAsync(Method, new Empty(), BytesValue.Parser).OrHang());
        using var generous = GrpcChannel.ForUnixSocket(server.SocketPath, TimeProvider.System, maxReceiveMessageSize: 5 * 1024 * 1024);

        Assert.Equal(GrpcStatusCode.ResourceExhausted, failure.StatusCode);
        Assert.Equal(large, await generous.UnaryAsync(Method, new Empty(), BytesValue.Parser).OrHang());
    }
}
