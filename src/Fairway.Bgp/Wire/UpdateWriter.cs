using System.Buffers;
using Fairway.Net;

namespace Fairway.Bgp.Wire;

/// <summary>Packs routes into as few UPDATEs as will hold them.</summary>
public static class UpdateWriter
{
    private const int MaxBody = BgpFraming.MaxMessageLength - BgpFraming.HeaderLength;

    /// <summary>The two length fields of an UPDATE.</summary>
    private const int Lengths = 4;

    /// <summary>Flags, type and an extended length.</summary>
    private const int AttributeHeader = 4;

    private const byte OptionalExtended = (byte)(PathAttributeFlags.Optional | PathAttributeFlags.ExtendedLength);

    /// <summary>
    /// Announces <paramref name="prefixes"/>, all of <paramref name="family"/> and at least one, and returns how many messages it took.
    /// 0: the attributes leave no room for a prefix; nothing is written and the caller withdraws instead (never a split attribute).
    /// </summary>
    public static int WriteAnnouncements(
        IBufferWriter<byte> output, AddressFamily family, AttributeSet attributes, ReadOnlySpan<IpPrefix> prefixes, bool fourOctetAs)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(attributes);
        var isMultiprotocol = family != AddressFamily.Ipv4Unicast;
        var wire = WireAttributes.Of(attributes, isMultiprotocol, fourOctetAs);
        if (!NextHopCodec.IsLegalLength(wire.NextHop.Length, family))
        {
            throw new ArgumentException($"The attributes have no next hop for {family}.", nameof(attributes));
        }

        return isMultiprotocol ? WriteMpReach(output, family, wire, prefixes) : WriteNlri(output, wire.Bytes, prefixes);
    }

    /// <summary>Withdraws <paramref name="prefixes"/>, all of <paramref name="family"/>, and returns how many messages it took.</summary>
    public static int WriteWithdrawals(IBufferWriter<byte> output, AddressFamily family, ReadOnlySpan<IpPrefix> prefixes)
    {
        ArgumentNullException.ThrowIfNull(output);
        var messages = 0;
        for (; !prefixes.IsEmpty; messages++)
        {
            prefixes = family == AddressFamily.Ipv4Unicast ? WriteWithdrawn(output, prefixes) : WriteMpUnreach(output, family, prefixes);
        }

        return messages;
    }

    /// <summary>The End-of-RIB marker (RFC 4724 §2).</summary>
    public static void WriteEndOfRib(IBufferWriter<byte> output, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (family == AddressFamily.Ipv4Unicast)
        {
            WriteWithdrawn(output, []);
        }
        else
        {
            WriteMpUnreach(output, family, []);
        }
    }

    private static int WriteNlri(IBufferWriter<byte> output, ReadOnlySpan<byte> attributes, ReadOnlySpan<IpPrefix> prefixes)
    {
        var room = MaxBody - Lengths - attributes.Length;
        if (room < PrefixCodec.MaxSize(isIPv6: false))
        {
            return 0;
        }

        var messages = 0;
        for (; !prefixes.IsEmpty; messages++)
        {
            var (count, size) = Fit(prefixes, room);
            BgpFraming.WriteHeader(output, BgpMessageType.Update, Lengths + attributes.Length + size);
            output.WriteUInt16(0);
            output.WriteUInt16((ushort)attributes.Length);
            output.Write(attributes);
            WritePrefixes(output, prefixes[..count], size);
            prefixes = prefixes[count..];
        }

        return messages;
    }

    /// <summary>MP_REACH_NLRI goes first (RFC 7606 §5.1), so that a receiver finds the routes before any fault.</summary>
    private static int WriteMpReach(IBufferWriter<byte> output, AddressFamily family, WireAttributes attributes, ReadOnlySpan<IpPrefix> prefixes)
    {
        var head = 5 + attributes.NextHop.Length;
        var room = MaxBody - Lengths - AttributeHeader - head - attributes.Bytes.Length;
        if (room < PrefixCodec.MaxSize(family.IsIPv6))
        {
            return 0;
        }

        var messages = 0;
        for (; !prefixes.IsEmpty; messages++)
        {
            var (count, size) = Fit(prefixes, room);
            BeginMpUpdate(output, PathAttributeType.MpReachNlri, family, head + size, attributes.Bytes.Length);
            output.WriteByte((byte)attributes.NextHop.Length);
            output.Write(attributes.NextHop);
            output.WriteByte(0);
            WritePrefixes(output, prefixes[..count], size);
            output.Write(attributes.Bytes);
            prefixes = prefixes[count..];
        }

        return messages;
    }

    private static ReadOnlySpan<IpPrefix> WriteWithdrawn(IBufferWriter<byte> output, ReadOnlySpan<IpPrefix> prefixes)
    {
        var (count, size) = Fit(prefixes, MaxBody - Lengths);
        BgpFraming.WriteHeader(output, BgpMessageType.Update, Lengths + size);
        output.WriteUInt16((ushort)size);
        WritePrefixes(output, prefixes[..count], size);
        output.WriteUInt16(0);
        return prefixes[count..];
    }

    private static ReadOnlySpan<IpPrefix> WriteMpUnreach(IBufferWriter<byte> output, AddressFamily family, ReadOnlySpan<IpPrefix> prefixes)
    {
        const int head = 3;
        var (count, size) = Fit(prefixes, MaxBody - Lengths - AttributeHeader - head);
        BeginMpUpdate(output, PathAttributeType.MpUnreachNlri, family, head + size, 0);
        WritePrefixes(output, prefixes[..count], size);
        return prefixes[count..];
    }

    /// <summary>Everything up to and with the family of an MP attribute whose value has <paramref name="length"/> octets.</summary>
    private static void BeginMpUpdate(IBufferWriter<byte> output, PathAttributeType type, AddressFamily family, int length, int otherAttributes)
    {
        var attributes = AttributeHeader + length + otherAttributes;
        BgpFraming.WriteHeader(output, BgpMessageType.Update, Lengths + attributes);
        output.WriteUInt16(0);
        output.WriteUInt16((ushort)attributes);
        output.WriteByte(OptionalExtended);
        output.WriteByte((byte)type);
        output.WriteUInt16((ushort)length);
        output.WriteUInt16((ushort)family.Afi);
        output.WriteByte((byte)family.Safi);
    }

    /// <summary>How many of the first prefixes fit into <paramref name="room"/>, and their size.</summary>
    private static (int Count, int Size) Fit(ReadOnlySpan<IpPrefix> prefixes, int room)
    {
        var (count, size) = (0, 0);
        while (count < prefixes.Length && size + PrefixCodec.SizeOf(prefixes[count]) <= room)
        {
            size += PrefixCodec.SizeOf(prefixes[count]);
            count++;
        }

        return (count, size);
    }

    private static void WritePrefixes(IBufferWriter<byte> output, ReadOnlySpan<IpPrefix> prefixes, int size)
    {
        var destination = output.GetSpan(size);
        foreach (var prefix in prefixes)
        {
            destination = destination[PrefixCodec.Write(prefix, destination)..];
        }

        output.Advance(size);
    }
}
