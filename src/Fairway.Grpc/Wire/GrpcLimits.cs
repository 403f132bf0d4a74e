namespace Fairway.Grpc.Wire;

/// <summary>What holds unless a server or a channel is told otherwise.</summary>
public static class GrpcLimits
{
    /// <summary>The size of a message in bytes, as in every other gRPC implementation.</summary>
    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;
}
