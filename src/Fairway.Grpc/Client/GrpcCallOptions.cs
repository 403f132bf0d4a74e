using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Client;

/// <summary>What a caller may ask for beyond the request.</summary>
public sealed record GrpcCallOptions
{
    /// <summary>How long the whole call may take, counted from its start; null waits for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    public GrpcMetadata Metadata { get; init; } = [];
}
