using System.Globalization;
using Fairway.Grpc.Client;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Interop;

/// <summary>Our client calls the reference implementation, by way of python3-grpcio.</summary>
public sealed class PythonServerTests : IAsyncLifetime, IDisposable
{
    private ForeignProgram server = null!;
    private GrpcChannel? channel;

    public async Task InitializeAsync()
    {
        server = await Python.StartAsync("server.py", "127.0.0.1:0");
        var port = int.Parse(await server.ReadLineAsync(), CultureInfo.InvariantCulture);
        channel = GrpcChannel.ForTcp("127.0.0.1", port, TimeProvider.System);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => channel?.Dispose();

    [Fact]
    public async Task Unary_call_is_answered() => Assert.Equal("abc", await CallAsync("Echo", "abc"));

    [Fact]
    public async Task Empty_message_is_answered() => Assert.Equal("", await CallAsync("Echo", ""));

    [Fact]
    public async Task Metadata_arrives() => Assert.Equal("novaedge 00ff", await CallAsync("Metadata", "", new()
    {
        Metadata = new GrpcMetadata { { "x-owner", "novaedge" }, { "x-token-bin", new byte[] { 0, 255 } } },
    }));

    [Fact]
    public async Task Deadline_arrives() =>
        Assert.Equal("within", await CallAsync("Remaining", "", new() { Timeout = TimeSpan.FromHours(1) }));

    [Fact]
    public async Task Stream_gives_every_message_in_order() => Assert.Equal(
        Enumerable.Range(0, 5000).Select(value => $"{value}"), await Stream("Count", "5000").ToListAsync());

    [Theory]
    [InlineData("Fail", GrpcStatusCode.FailedPrecondition, "nicht möglich: 50 %")]
    [InlineData("Crash", GrpcStatusCode.Unknown, "oops")]
    [InlineData("Nothing", GrpcStatusCode.Unimplemented, "Method not found!")]
    [InlineData("Compressed", GrpcStatusCode.Internal, "compressed messages are not supported")] // although we said so
    [InlineData("Large", GrpcStatusCode.ResourceExhausted, "a message of 4194305 bytes is larger than the limit of 4194304")]
    public async Task Status_arrives(string method, GrpcStatusCode code, string text)
    {
        var failure = await Assert.ThrowsAsync<GrpcException>(() => CallAsync(method, ""));

        Assert.Equal(code, failure.StatusCode);
        Assert.Contains(text, failure.Message);
    }

    [Fact]
    public async Task Status_behind_messages_arrives()
    {
        await using var stream = Stream("FailLate", "").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());

        var failure = await Assert.ThrowsAsync<GrpcException>(() => stream.MoveNextAsync().AsTask().OrHang());

        Assert.Equal((GrpcStatusCode.DataLoss, "half of it"), (failure.StatusCode, failure.Message));
    }

    [Fact]
    public async Task Too_large_a_request_is_refused_there()
    {
        var failure = await Assert.ThrowsAsync<GrpcException>(() => CallAsync("Echo", new string('x', (4 * 1024 * 1024) + 1)));

        Assert.Equal(GrpcStatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact]
    public async Task Leaving_a_stream_ends_it_there()
    {
        await foreach (var _ in Stream("Wait", ""))
            break;

        Assert.Equal("ended", await server.ReadLineAsync());
    }

    [Fact]
    public async Task Server_that_is_killed_makes_the_call_unavailable()
    {
        await using var stream = Stream("Wait", "").GetAsyncEnumerator();
        Assert.True(await stream.MoveNextAsync());

        await server.KillAsync();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => stream.MoveNextAsync().AsTask().OrHang());
        Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
    }

    private async Task<string> CallAsync(string method, string request, GrpcCallOptions? options = null)
    {
        var message = new StringValue { Value = request };
        return (await channel!.UnaryAsync($"/test.Foreign/{method}", message, StringValue.Parser, options).OrHang()).Value;
    }

    private IAsyncEnumerable<string> Stream(string method, string request)
    {
        var message = new StringValue { Value = request };
        return channel!.ServerStreaming($"/test.Foreign/{method}", message, StringValue.Parser).Select(answer => answer.Value);
    }
}
