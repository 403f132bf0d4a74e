using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Interop;

/// <summary>The reference implementation, by way of python3-grpcio, calls our server.</summary>
public class PythonClientTests
{
    private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GrpcConnection? connection;

    [Theory]
    [InlineData("unary", "\"0a03616263\"")]
    [InlineData("metadata", "\"0a0f206e6f766165646765203030666620\"")]
    [InlineData("stream", "100000")]
    [InlineData("status", """["FAILED_PRECONDITION", "nicht m\u00f6glich: 50 %"]""")]
    [InlineData("late_status", """[1, "DATA_LOSS", "half of it"]""")]
    [InlineData("unknown_method", """["UNIMPLEMENTED", "there is no method /test.Foreign/Nothing"]""")]
    [InlineData("compressed", """["UNIMPLEMENTED", "compressed messages are not supported"]""")]
    [InlineData("large_request", """["RESOURCE_EXHAUSTED", "a message of 4194305 bytes is larger than the limit of 4194304"]""")]
    [InlineData("largest_request", "\"08fbffff01\"")]
    [InlineData("large_answer", "\"RESOURCE_EXHAUSTED\"")]
    [InlineData("deadline", "\"DEADLINE_EXCEEDED\"")]
    [InlineData("cancel", "\"CANCELLED\"")]
    public async Task Foreign_client_sees_what_the_specification_says(string scenario, string expected)
    {
        await using var server = await TestServer.StartAsync(Service());

        await using var overUnix = await Python.StartAsync("client.py", $"unix:{server.SocketPath}", scenario);
        await using var overTcp = await Python.StartAsync("client.py", $"127.0.0.1:{server.TcpPort}", scenario);

        Assert.Equal(expected, await overUnix.ReadLineAsync());
        Assert.Equal(expected, await overTcp.ReadLineAsync());
    }

    [Fact]
    public async Task Foreign_client_with_an_open_stream_is_told_of_the_stop()
    {
        await using var server = await TestServer.StartAsync(Service());
        await using var client = await Python.StartAsync("client.py", $"unix:{server.SocketPath}", "stop");
        Assert.Equal("\"open\"", await client.ReadLineAsync());

        await server.StopAsync(CancellationToken.None).OrHang();

        Assert.Equal("""["UNAVAILABLE", "the server is stopping"]""", await client.ReadLineAsync());
    }

    [Theory, OnEachTransport]
    public async Task Killed_client_is_noticed_by_call_and_connection(Transport transport)
    {
        await using var server = await TestServer.StartAsync(Service());
        var target = transport == Transport.UnixSocket ? $"unix:{server.SocketPath}" : $"127.0.0.1:{server.TcpPort}";
        await using var client = await Python.StartAsync("client.py", target, "hang");
        Assert.Equal("\"open\"", await client.ReadLineAsync());
        await waiting.Task.OrHang();

        await client.KillAsync();

        await cancelled.Task.OrHang();
        await connection!.Closed.CancelledAsync();
    }

    private GrpcService Service() => new GrpcService()
        .Unary("/test.Foreign/Echo", StringValue.Parser, (request, _) => Task.FromResult(request))
        .Unary("/test.Foreign/Metadata", Empty.Parser, (_, context) => Task.FromResult(new StringValue { Value = Describe(context) }))
        .Unary("/test.Foreign/Size", BytesValue.Parser, (request, _) => Task.FromResult(new Int32Value { Value = request.Value.Length }))
        .Unary("/test.Foreign/Large", Empty.Parser, (_, _) => Task.FromResult(
            new BytesValue { Value = ByteString.CopyFrom(new byte[4 * 1024 * 1024]) }))
        .Unary<Empty, Empty>("/test.Foreign/Fail", Empty.Parser, (_, _) =>
            throw new GrpcException(GrpcStatusCode.FailedPrecondition, "nicht möglich: 50 %"))
        .ServerStreaming<Empty, Empty>("/test.Foreign/FailLate", Empty.Parser, async (request, writer, _) =>
        {
            await writer.WriteAsync(request);
            throw new GrpcException(GrpcStatusCode.DataLoss, "half of it");
        })
        .ServerStreaming<Int32Value, Int32Value>("/test.Foreign/Count", Int32Value.Parser, async (request, writer, _) =>
        {
            for (var value = 0; value < request.Value; value++)
                await writer.WriteAsync(new Int32Value { Value = value });
        })
        .ServerStreaming<Empty, Empty>("/test.Foreign/Wait", Empty.Parser, WaitAsync);

    private static string Describe(GrpcCallContext context)
    {
        var metadata = context.RequestMetadata;
        return $" {metadata.Find("x-owner")} {Convert.ToHexStringLower(metadata.FindBinary("x-token-bin")!)} ";
    }

    private async Task WaitAsync(Empty request, IGrpcStreamWriter<Empty> writer, GrpcCallContext context)
    {
        connection = context.Connection;
        await writer.WriteAsync(request);
        waiting.TrySetResult();
        await context.CancellationToken.CancelledAsync();
        cancelled.TrySetResult();
        context.CancellationToken.ThrowIfCancellationRequested();
    }
}
