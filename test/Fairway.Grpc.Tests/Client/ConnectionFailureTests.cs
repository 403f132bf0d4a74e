using System.Net;
using System.Net.Sockets;
using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Fairway.Grpc.Tests.Client;

public sealed class ConnectionFailureTests : IDisposable
{
    private const string Method = "/test.Failure/Method";

    private readonly ScratchDirectory scratch = new();

    private string SocketPath => scratch.File("fairway.sock");

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Missing_socket_asks_whether_the_server_runs()
    {
        using var channel = GrpcChannel.ForUnixSocket(SocketPath, TimeProvider.System);

        await AssertUnavailableAsync(
            channel, $"nothing listens on {SocketPath}: there is no such socket; is the server running?");
    }

    [Fact]
    public async Task Socket_that_nobody_serves_asks_whether_the_server_runs()
    {
        using var silent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(SocketPath));
        using var channel = GrpcChannel.ForUnixSocket(SocketPath, TimeProvider.System);

        await AssertUnavailableAsync(
            channel, $"nothing listens on {SocketPath}: the connection was refused; is the server running?");
    }

    [Fact]
    public async Task Tcp_port_that_nobody_serves_is_named()
    {
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)silent.LocalEndPoint!).Port;
        using var channel = GrpcChannel.ForTcp("127.0.0.1", port, TimeProvider.System);

        await AssertUnavailableAsync(
            channel, $"nothing listens on 127.0.0.1:{port}: the connection was refused; is the server running?");
    }

    [Fact]
    public void Denied_permission_names_socket_and_remedy()
    {
        // Root is never denied, so the kernel's answer is made by hand.
        var cause = new HttpRequestException("", new SocketException((int)SocketError.AccessDenied));

        var failure = GrpcFailure.Explain("/run/fairway/fairway.sock", cause);

        Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
        Assert.Equal(
            "permission denied on /run/fairway/fairway.sock: run as root or as a member of the socket's group", failure.Message);
    }

    [Fact]
    public async Task Server_that_hangs_up_is_unavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var channel = GrpcChannel.ForTcp("127.0.0.1", port, TimeProvider.System);

        var call = channel.UnaryAsync(Method, new Empty(), Empty.Parser);
        (await listener.AcceptSocketAsync()).Close();

        var failure = await Assert.ThrowsAsync<GrpcException>(() => call.OrHang());
        Assert.Equal(GrpcStatusCode.Unavailable, failure.StatusCode);
        Assert.Contains($"127.0.0.1:{port}", failure.Message);
    }

    [Fact]
    public async Task Deadline_also_ends_the_wait_for_a_server_that_never_speaks()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var channel = GrpcChannel.ForTcp("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(
            Method, new Empty(), Empty.Parser, new() { Timeout = TimeSpan.FromMilliseconds(50) }).OrHang());

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task Channel_connects_again_after_the_server_came_back()
    {
        using var channel = GrpcChannel.ForUnixSocket(SocketPath, TimeProvider.System);
        await using (await StartServerAsync())
            await channel.UnaryAsync(Method, new Empty(), Empty.Parser).OrHang();
        await Assert.ThrowsAsync<GrpcException>(() => channel.UnaryAsync(Method, new Empty(), Empty.Parser).OrHang());

        await using var again = await StartServerAsync();

        Assert.Equal(new Empty(), await channel.UnaryAsync(Method, new Empty(), Empty.Parser).OrHang());
    }

    private async Task<GrpcServer> StartServerAsync()
    {
        var service = new GrpcService().Unary(Method, Empty.Parser, (request, _) => Task.FromResult(request));
        var server = new GrpcServer(
            new() { UnixSocket = new(SocketPath) }, [service], TimeProvider.System, new RecordingLoggerFactory());
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    private static async Task AssertUnavailableAsync(GrpcChannel channel, string text)
    {
        var failure = await Assert.ThrowsAsync<GrpcException>(
            () => channel.UnaryAsync(Method, new Empty(), Empty.Parser).OrHang());

        Assert.Equal((GrpcStatusCode.Unavailable, text), (failure.StatusCode, failure.Message));
    }
}
