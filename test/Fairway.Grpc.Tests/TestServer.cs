using System.Net;
using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Grpc.Tests;

/// <summary>A server on a Unix socket and on a free TCP port, and a channel to either.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ScratchDirectory scratch = new();
    private readonly List<GrpcChannel> channels = [];
    private GrpcServer server = null!;

    public string SocketPath => scratch.File("test.sock");

    public int TcpPort => server.TcpEndPoint!.Port;

    public static async Task<TestServer> StartAsync(GrpcService service, ILoggerFactory? loggers = null)
    {
        var test = new TestServer();
        var options = new GrpcServerOptions
        {
            UnixSocket = new(test.SocketPath),
            Tcp = new(IPAddress.Loopback, 0),
        };
        test.server = new(options, [service], TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        await test.server.StartAsync(CancellationToken.None);
        return test;
    }

    public GrpcChannel Connect(Transport transport)
    {
        var channel = transport == Transport.UnixSocket
            ? GrpcChannel.ForUnixSocket(SocketPath, TimeProvider.System)
            : GrpcChannel.ForTcp("127.0.0.1", TcpPort, TimeProvider.System);
        channels.Add(channel);
        return channel;
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        channels.ForEach(channel => channel.Dispose());
        await server.DisposeAsync();
        scratch.Dispose();
    }
}
