namespace Fairway.Grpc.Server;

/// <summary>Where a server-streaming handler puts its messages, one after the other.</summary>
public interface IGrpcStreamWriter<in TResponse>
{
    /// <summary>Ends when the message is on its way: a slow reader holds the handler here, and nothing piles up.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Task WriteAsync(TResponse message);
}
