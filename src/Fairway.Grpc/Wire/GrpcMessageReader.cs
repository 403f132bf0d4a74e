using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Fairway.Grpc.Wire;

/// <summary>Takes length-prefixed messages out of a stream of bytes, without trusting any length.</summary>
/// <param name="pipe">Where the bytes come from.</param>
/// <param name="maxMessageSize">A longer message ends the call before its bytes are waited for.</param>
/// <param name="compressed">The status that a compressed message earns: the two sides differ in it.</param>
internal sealed class GrpcMessageReader(PipeReader pipe, int maxMessageSize, GrpcStatusCode compressed)
{
    // grpc/doc/PROTOCOL-HTTP2.md, "Length-Prefixed-Message"
    // +-----------------+--------------------+---------+
    // | compressed (8)  | length (32)        | message |
    // +-----------------+--------------------+---------+
    public const int PrefixLength = 5;

    /// <summary>The next message, or null at the end of the stream.</summary>
    /// <exception cref="GrpcException">Too large, compressed, cut short or no protobuf.</exception>
    public async ValueTask<TMessage?> ReadAsync<TMessage>(MessageParser<TMessage> parser, CancellationToken cancellationToken)
        where TMessage : class, IMessage<TMessage>
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryDecodeLength(buffer, out var length) && buffer.Length >= PrefixLength + length)
            {
                var body = buffer.Slice(PrefixLength, length);
                var message = Parse(parser, body);
                pipe.AdvanceTo(body.End);
                return message;
            }

            if (result.IsCanceled)
                throw new OperationCanceledException();
            if (result.IsCompleted && buffer.IsEmpty)
                return null;
            if (result.IsCompleted)
                throw new GrpcException(GrpcStatusCode.Internal, "the stream ended inside a message");
            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private bool TryDecodeLength(ReadOnlySequence<byte> buffer, out long length)
    {
        length = 0;
        if (buffer.Length < PrefixLength)
            return false;

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        return prefix[0] switch
        {
            0 when length <= maxMessageSize => true,
            0 => throw new GrpcException(
                GrpcStatusCode.ResourceExhausted, $"a message of {length} bytes is larger than the limit of {maxMessageSize}"),
            1 => throw new GrpcException(compressed, "compressed messages are not supported"),
            _ => throw new GrpcException(GrpcStatusCode.Internal, $"unknown message flag {prefix[0]}"),
        };
    }

    private static TMessage Parse<TMessage>(MessageParser<TMessage> parser, ReadOnlySequence<byte> body)
        where TMessage : class, IMessage<TMessage>
    {
        try
        {
            return parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException cause)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"the message is no valid {typeof(TMessage).Name}", cause);
        }
    }
}
