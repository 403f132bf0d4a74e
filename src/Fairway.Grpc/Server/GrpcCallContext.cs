using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Server;

/// <summary>What a handler may know about its call.</summary>
public sealed class GrpcCallContext
{
    internal GrpcCallContext()
    {
    }

    /// <summary>The request path, for example <c>/fairway.v1.Fairway/GetStatus</c>.</summary>
    public required string Path { get; init; }

    /// <summary>When the caller stops waiting; null if it waits for ever.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    public required GrpcMetadata RequestMetadata { get; init; }

    public required GrpcConnection Connection { get; init; }

    /// <summary>Cancelled by the caller, by the deadline, by the loss of the connection, and for streams by the server's stop.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
