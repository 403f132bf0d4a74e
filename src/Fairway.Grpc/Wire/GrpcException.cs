namespace Fairway.Grpc.Wire;

/// <summary>A call ended with a status other than OK: thrown by handlers to choose it, and by the client to tell it.</summary>
public sealed class GrpcException(GrpcStatusCode statusCode, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public GrpcStatusCode StatusCode { get; } = statusCode;
}
