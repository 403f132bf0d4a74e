using System.IO.Pipelines;
using Fairway.Grpc.Wire;
using Google.Protobuf;

namespace Fairway.Grpc.Server;

/// <summary>Writes messages into the response and waits for HTTP/2 flow control.</summary>
internal sealed class GrpcStreamWriter<TResponse>(PipeWriter output, CancellationToken cancellationToken) : IGrpcStreamWriter<TResponse>
    where TResponse : IMessage<TResponse>
{
    public async Task WriteAsync(TResponse message)
    {
        cancellationToken.ThrowIfCancellationRequested();
        GrpcMessageWriter.Write(output, message);

        // A flush that is given the token would reset the stream; a cancelled flush leaves it open for the status.
        using var wake = cancellationToken.UnsafeRegister(static pipe => ((PipeWriter)pipe!).CancelPendingFlush(), output);
        await output.FlushAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
