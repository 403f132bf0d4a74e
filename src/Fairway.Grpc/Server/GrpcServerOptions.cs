using System.Net;
using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Server;

/// <summary>Where a server listens and what it takes; at least one place is needed.</summary>
public sealed record GrpcServerOptions
{
    public UnixSocketOptions? UnixSocket { get; init; }

    /// <summary>Plain text; port 0 takes a free one, see <see cref="GrpcServer.TcpEndPoint"/>.</summary>
    public IPEndPoint? Tcp { get; init; }

    /// <summary>In bytes; a larger request earns RESOURCE_EXHAUSTED.</summary>
    public int MaxReceiveMessageSize { get; init; } = GrpcLimits.DefaultMaxReceiveMessageSize;
}
