using System.Buffers;
using System.Buffers.Binary;
using Google.Protobuf;

namespace Fairway.Grpc.Wire;

/// <summary>Writes a message behind its length prefix (see <see cref="GrpcMessageReader"/>); never compressed.</summary>
internal static class GrpcMessageWriter
{
    public static void Write(IBufferWriter<byte> output, IMessage message)
    {
        var prefix = output.GetSpan(GrpcMessageReader.PrefixLength);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], message.CalculateSize());
        output.Advance(GrpcMessageReader.PrefixLength);
        message.WriteTo(output);
    }
}
