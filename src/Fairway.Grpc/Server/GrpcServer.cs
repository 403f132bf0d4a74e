using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fairway.Grpc.Server;

/// <summary>A gRPC server of its own: HTTP/2 without TLS on a Unix socket, on TCP or on both, serving nothing but its services.</summary>
public sealed class GrpcServer : IAsyncDisposable
{
    /// <summary>How long clients have for the end of their streams after the last handler ended.</summary>
    private static readonly TimeSpan ReadingGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Kestrel adds its timeouts to its clock: the infinite one overflows, and idle connections end at the next tick.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromDays(3650);

    private readonly GrpcServerOptions options;
    private readonly TimeProvider timeProvider;
    private readonly CancellationTokenSource stopping = new();
    private readonly KestrelServer kestrel;
    private readonly GrpcApplication application;

    /// <exception cref="IOException">The path of the Unix socket is too long.</exception>
    public GrpcServer(GrpcServerOptions options, IEnumerable<GrpcService> services, TimeProvider timeProvider, ILoggerFactory loggers)
    {
        if (options.UnixSocket is null && options.Tcp is null)
            throw new ArgumentException("A server needs a Unix socket or a TCP address.", nameof(options));

        this.options = options;
        this.timeProvider = timeProvider;
        var methods = services.SelectMany(service => service.Methods).ToDictionary();
        application = new(
            methods, options.MaxReceiveMessageSize, timeProvider, loggers.CreateLogger<GrpcServer>(), stopping.Token);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions { CreateBoundListenSocket = Bind }), loggers);
        kestrel = new KestrelServer(Options.Create(KestrelOptions()), transport, loggers);
    }

    /// <summary>The TCP address in use once started; null without TCP.</summary>
    public IPEndPoint? TcpEndPoint { get; private set; }

    /// <exception cref="IOException">An address can't be listened on; the text names it and says why.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => kestrel.StartAsync(application, cancellationToken);

    /// <summary>
    /// Ends server streams with UNAVAILABLE at once and lets other calls finish. A client that does not take what is
    /// left then is cut off soon after, and every one at once when the token is cancelled.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timeProvider);
        await using var impatience = cancellationToken.UnsafeRegister(_ => cut.Cancel(), null);
        await stopping.CancelAsync();
        var stopped = kestrel.StopAsync(cut.Token);
        await Task.WhenAny(stopped, application.Calls.NoneAsync());
        cut.CancelAfter(ReadingGrace);
        await stopped;
    }

    /// <summary>Stops without waiting for calls.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        kestrel.Dispose();
    }

    private KestrelServerOptions KestrelOptions()
    {
        var kestrelOptions = new KestrelServerOptions { AddServerHeader = false };
        var limits = kestrelOptions.Limits;
        limits.MaxRequestBodySize = null;   // messages have their own limit
        limits.MinRequestBodyDataRate = null; // a starved client is slow, not hostile; deadlines bound its calls
        limits.MinResponseDataRate = null;  // a watcher may read as slowly as it likes; flow control bounds what waits
        limits.KeepAliveTimeout = Endless; // an idle connection may stand for its owner
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30); // so a dead TCP peer has to be found this way

        if (options.UnixSocket is { } unixSocket)
            kestrelOptions.Listen(UnixSocketFile.EndPointOf(unixSocket.Path), Configure);
        if (options.Tcp is { } tcp)
            kestrelOptions.Listen(tcp, Configure);
        return kestrelOptions;
    }

    private static void Configure(ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http2;
        listener.Use(next => connection =>
        {
            var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
            connection.Features.Set(
                new GrpcConnection(connection.ConnectionId, UnixCredentials.Of(socket), connection.ConnectionClosed));
            return next(connection);
        });
    }

    private Socket Bind(EndPoint endPoint)
    {
        if (endPoint is not IPEndPoint)
            return UnixSocketFile.Bind(options.UnixSocket!);

        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        TcpEndPoint = (IPEndPoint?)socket.LocalEndPoint;
        return socket;
    }
}
