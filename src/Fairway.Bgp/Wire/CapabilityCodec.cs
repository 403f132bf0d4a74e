using System.Buffers;
using System.Buffers.Binary;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Capabilities (RFC 5492 §4): code, length, value.</summary>
internal static class CapabilityCodec
{
    private const ushort RestartingBit = 0x8000;
    private const ushort RestartTimeMask = 0x0FFF;
    private const byte ForwardingBit = 0x80;

    /// <summary>False when one overruns <paramref name="bytes"/>. One whose content does not fit its code becomes an <see cref="UnknownCapability"/>.</summary>
    public static bool TryDecodeAll(ReadOnlySpan<byte> bytes, List<Capability> capabilities)
    {
        var reader = new WireReader(bytes);
        while (reader.TryReadByte(out var code))
        {
            if (!reader.TryReadBlock8(out var value))
            {
                return false;
            }

            capabilities.Add(Decode((CapabilityCode)code, value));
        }

        return true;
    }

    public static void Encode(Capability capability, IBufferWriter<byte> output)
    {
        var value = new ArrayBufferWriter<byte>();
        switch (capability)
        {
            case MultiprotocolCapability multiprotocol:
                value.WriteUInt16((ushort)multiprotocol.Family.Afi);
                value.WriteByte(0);
                value.WriteByte((byte)multiprotocol.Family.Safi);
                break;
            case FourOctetAsCapability fourOctetAs:
                value.WriteUInt32(fourOctetAs.Asn.Value);
                break;
            case GracefulRestartCapability restart:
                EncodeGracefulRestart(restart, value);
                break;
            case UnknownCapability unknown:
                value.Write(unknown.Data.AsSpan());
                break;
        }

        output.WriteByte((byte)capability.Code);
        output.WriteByte((byte)value.WrittenCount);
        output.Write(value.WrittenSpan);
    }

    private static Capability Decode(CapabilityCode code, ReadOnlySpan<byte> value) => (code, value.Length) switch
    {
        (CapabilityCode.Multiprotocol, 4) => new MultiprotocolCapability(new((Afi)BinaryPrimitives.ReadUInt16BigEndian(value), (Safi)value[3])),
        (CapabilityCode.RouteRefresh, 0) => new RouteRefreshCapability(),
        (CapabilityCode.FourOctetAs, 4) => new FourOctetAsCapability(new(BinaryPrimitives.ReadUInt32BigEndian(value))),
        (CapabilityCode.GracefulRestart, >= 2) when value.Length % 4 == 2 => DecodeGracefulRestart(value),
        _ => new UnknownCapability(code, ValueList.Create(value)),
    };

    // RFC 4724 §3
    // +----------+-----------------------+
    // | Flags(4) |   Restart Time (12)   |   then for each family:
    // +----------+-----+--------+--------+
    // |  AFI (16)      |SAFI (8)|Flags(8)|
    // +----------------+--------+--------+
    private static GracefulRestartCapability DecodeGracefulRestart(ReadOnlySpan<byte> value)
    {
        var head = BinaryPrimitives.ReadUInt16BigEndian(value);
        var families = new List<GracefulRestartFamily>();
        for (var rest = value[2..]; !rest.IsEmpty; rest = rest[4..])
        {
            var family = new AddressFamily((Afi)BinaryPrimitives.ReadUInt16BigEndian(rest), (Safi)rest[2]);
            families.Add(new(family, (rest[3] & ForwardingBit) != 0));
        }

        return new((head & RestartingBit) != 0, TimeSpan.FromSeconds(head & RestartTimeMask), families.ToValueList());
    }

    private static void EncodeGracefulRestart(GracefulRestartCapability restart, IBufferWriter<byte> output)
    {
        var seconds = (ushort)Math.Min(restart.RestartTime.TotalSeconds, RestartTimeMask);
        output.WriteUInt16((ushort)(seconds | (restart.IsRestarting ? RestartingBit : 0)));
        foreach (var family in restart.Families)
        {
            output.WriteUInt16((ushort)family.Family.Afi);
            output.WriteByte((byte)family.Family.Safi);
            output.WriteByte(family.IsForwardingPreserved ? ForwardingBit : (byte)0);
        }
    }
}
