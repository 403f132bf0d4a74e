using System.Buffers;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>OPEN bodies (RFC 4271 §4.2) with their optional parameters (RFC 5492 §4, RFC 9072 §2).</summary>
internal static class OpenCodec
{
    private const byte CapabilitiesParameter = 2;
    private const byte ExtendedLength = 255;

    // +---------------+---------------+---------------+---------------+
    // |  Version (8)  |          My AS (16)           | Hold Time (16)…
    // +---------------+---------------+---------------+---------------+
    // |                      BGP Identifier (32)                      |
    // +---------------+-----------------------------------------------+
    // | Opt Len (8)   |       Optional Parameters (variable)          |
    // +---------------+-----------------------------------------------+
    public static Decoded<OpenMessage> Decode(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (!reader.TryReadByte(out var version) || !reader.TryReadUInt16(out var myAs) || !reader.TryReadUInt16(out var holdTime)
            || !reader.TryReadUInt32(out var routerId))
        {
            return Malformed("The OPEN is too short.");
        }

        if (version != OpenMessage.CurrentVersion)
        {
            // RFC 4271 §6.2: the data is the version that we support, as two octets.
            return new DecodeError(NotificationMessage.Open(OpenSubcode.UnsupportedVersionNumber, 0, OpenMessage.CurrentVersion), $"BGP version {version}.");
        }

        var capabilities = DecodeParameters(reader.Rest);
        return capabilities.IsOk
            ? new OpenMessage
            {
                MyAs = myAs,
                HoldTime = TimeSpan.FromSeconds(holdTime),
                RouterId = new RouterId(routerId),
                Capabilities = capabilities.Value,
            }
            : capabilities.Error;
    }

    public static void Encode(OpenMessage message, IBufferWriter<byte> output)
    {
        var capabilities = new ArrayBufferWriter<byte>();
        foreach (var capability in message.Capabilities)
        {
            CapabilityCodec.Encode(capability, capabilities);
        }

        output.WriteByte(message.Version);
        output.WriteUInt16(message.MyAs);
        output.WriteUInt16((ushort)message.HoldTime.TotalSeconds);
        output.WriteUInt32(message.RouterId.Value);
        if (capabilities.WrittenCount == 0)
        {
            output.WriteByte(0);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(capabilities.WrittenCount, ExtendedLength - 2, nameof(message));
        output.WriteByte((byte)(2 + capabilities.WrittenCount));
        output.WriteByte(CapabilitiesParameter);
        output.WriteByte((byte)capabilities.WrittenCount);
        output.Write(capabilities.WrittenSpan);
    }

    private static Decoded<ValueList<Capability>> DecodeParameters(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!reader.TryReadByte(out var length))
        {
            return Malformed("The OPEN ends before its optional parameters.");
        }

        var isExtended = length > 0 && reader.Rest is [ExtendedLength, ..];
        if (isExtended)
        {
            // RFC 9072 §2: type 255 in the first place tells; the one-octet length is not looked at.
            if (!reader.TryReadByte(out _) || !reader.TryReadBlock16(out var parameters) || !reader.Rest.IsEmpty)
            {
                return Malformed("The extended optional parameters do not fit their length.");
            }

            return DecodeEach(parameters, isExtended);
        }

        return reader.Rest.Length == length
            ? DecodeEach(reader.Rest, isExtended)
            : Malformed("The optional parameters do not fit their length.");
    }

    private static Decoded<ValueList<Capability>> DecodeEach(ReadOnlySpan<byte> parameters, bool isExtended)
    {
        var capabilities = new List<Capability>();
        var reader = new WireReader(parameters);
        while (reader.TryReadByte(out var type))
        {
            if (!(isExtended ? reader.TryReadBlock16(out var value) : reader.TryReadBlock8(out value)))
            {
                return Malformed("An optional parameter overruns the OPEN.");
            }

            if (type != CapabilitiesParameter)
            {
                return new DecodeError(NotificationMessage.Open(OpenSubcode.UnsupportedOptionalParameter), $"Optional parameter {type} is not known.");
            }

            if (!CapabilityCodec.TryDecodeAll(value, capabilities))
            {
                return Malformed("A capability overruns its optional parameter.");
            }
        }

        return capabilities.ToValueList();
    }

    private static DecodeError Malformed(string reason) => new(NotificationMessage.Open(OpenSubcode.Unspecific), reason);
}
