using System.Buffers;
using System.Buffers.Binary;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>ROUTE-REFRESH bodies (RFC 2918 §3; the subtype octet is from RFC 7313 §3.2).</summary>
internal static class RouteRefreshCodec
{
    // +-------------------------------+---------------+---------------+
    // |           AFI (16)            |  Subtype (8)  |   SAFI (8)    |
    // +-------------------------------+---------------+---------------+
    public static RouteRefreshMessage Decode(ReadOnlySpan<byte> body) => new(
        new AddressFamily((Afi)BinaryPrimitives.ReadUInt16BigEndian(body), (Safi)body[3]),
        (RouteRefreshSubtype)body[2]);

    public static void Encode(RouteRefreshMessage message, IBufferWriter<byte> output)
    {
        output.WriteUInt16((ushort)message.Family.Afi);
        output.WriteByte((byte)message.Subtype);
        output.WriteByte((byte)message.Family.Safi);
    }
}
