using System.Net;
using System.Net.Sockets;
using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Grpc.Tests.Server;

public sealed class ListeningTests : IDisposable
{
    private const string Method = "/test.Unix/Method";
    private const uint Nogroup = 65534;

    private readonly ScratchDirectory scratch = new();

    private string SocketPath => scratch.File("fairway.sock");

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Socket_is_open_to_owner_and_group_only()
    {
        await using var server = await StartAsync(new(SocketPath));

        Assert.Equal("660", await StatAsync("%a"));
    }

    [Fact]
    public async Task Socket_belongs_to_the_configured_group()
    {
        await using var server = await StartAsync(new(SocketPath, GroupId: Nogroup));

        Assert.Equal($"660 {Nogroup}", await StatAsync("%a %g"));
    }

    [Fact]
    public async Task Missing_directory_is_made()
    {
        var path = scratch.File("run/fairway/fairway.sock");

        await using var server = await StartAsync(new(path));

        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task File_that_a_dead_server_left_is_replaced()
    {
        await LeaveStaleSocketAsync();

        await using var server = await StartAsync(new(SocketPath));

        await CallAsync();
    }

    [Fact]
    public async Task Socket_in_use_is_left_alone_and_named()
    {
        await using var first = await StartAsync(new(SocketPath));

        var failure = await Assert.ThrowsAsync<IOException>(() => StartAsync(new(SocketPath)));

        Assert.Equal($"cannot listen on {SocketPath}: another process listens there already", failure.Message);
        await CallAsync();
    }

    [Fact]
    public async Task Socket_whose_queue_is_full_is_in_use()
    {
        using var busy = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        busy.Bind(new UnixDomainSocketEndPoint(SocketPath));
        busy.Listen(1);
        var waiting = FillQueue();

        var failure = await Assert.ThrowsAsync<IOException>(() => StartAsync(new(SocketPath)).OrHang());

        Assert.Contains("another process listens there already", failure.Message);
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task File_that_is_no_socket_is_left_alone_and_named()
    {
        await File.WriteAllTextAsync(SocketPath, "precious");

        var failure = await Assert.ThrowsAsync<IOException>(() => StartAsync(new(SocketPath)));

        Assert.Contains($"cannot listen on {SocketPath}: there is a file that is not a socket", failure.Message);
        Assert.Equal("precious", await File.ReadAllTextAsync(SocketPath));
    }

    [Fact]
    public async Task Socket_of_another_kind_is_left_alone_and_named()
    {
        using var datagrams = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagrams.Bind(new UnixDomainSocketEndPoint(SocketPath));

        var failure = await Assert.ThrowsAsync<IOException>(() => StartAsync(new(SocketPath)));

        Assert.Contains($"cannot listen on {SocketPath}: there is a socket of another kind", failure.Message);
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task Directory_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(scratch.File("file"), "");
        var path = scratch.File("file/fairway.sock");

        var failure = await Assert.ThrowsAsync<IOException>(() => StartAsync(new(path)));

        Assert.Contains(scratch.File("file"), failure.Message);
    }

    [Fact]
    public async Task Path_that_is_too_long_says_so()
    {
        var path = scratch.File(new string('x', 120));

        var failure = await Assert.ThrowsAsync<IOException>(() => StartAsync(new(path)));

        Assert.Equal($"cannot listen on {path}: the path is longer than the 107 bytes of a Unix socket", failure.Message);
    }

    [Fact]
    public async Task Tcp_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = (IPEndPoint)other.LocalEndpoint;
        await using var server = new GrpcServer(new() { Tcp = taken }, [], TimeProvider.System, NullLoggerFactory.Instance);

        var failure = await Assert.ThrowsAsync<IOException>(() => server.StartAsync(CancellationToken.None));

        Assert.Contains($"{taken}: address already in use", failure.Message);
    }

    [Fact]
    public void Server_without_an_address_is_refused() => Assert.Throws<ArgumentException>(
        () => new GrpcServer(new GrpcServerOptions(), [], TimeProvider.System, NullLoggerFactory.Instance));

    private static async Task<GrpcServer> StartAsync(UnixSocketOptions socket)
    {
        var service = new GrpcService().Unary(Method, Empty.Parser, (request, _) => Task.FromResult(request));
        var server = new GrpcServer(new() { UnixSocket = socket }, [service], TimeProvider.System, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(CancellationToken.None);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task CallAsync()
    {
        using var channel = GrpcChannel.ForUnixSocket(SocketPath, TimeProvider.System);
        await channel.UnaryAsync(Method, new Empty(), Empty.Parser).OrHang();
    }

    /// <summary>.NET removes the file with the socket, a killed process does not.</summary>
    private async Task LeaveStaleSocketAsync()
    {
        var (aside, socket) = (scratch.File("aside"), new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        File.Move(SocketPath, aside);
        socket.Dispose();
        File.Move(aside, SocketPath);
        Assert.Equal("socket", await StatAsync("%F"));
    }

    private List<Socket> FillQueue()
    {
        var waiting = new List<Socket>();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            waiting.Add(socket);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            }
            catch (SocketException)
            {
                return waiting;
            }
        }
    }

    private async Task<string> StatAsync(string format) => (await ForeignProgram.RunAsync("stat", "--format", format, SocketPath)).Trim();
}
