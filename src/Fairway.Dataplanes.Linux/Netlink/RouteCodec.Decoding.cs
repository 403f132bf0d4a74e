using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Netlink;

internal static partial class RouteCodec
{
    // RTM_F_CLONED: made from another route for one destination.
    private const uint Cloned = 0x200;

    /// <summary>The protocol of a route, without decoding the rest; 0 if it is cut off.</summary>
    public static byte PeekProtocol(ReadOnlySpan<byte> body) => body.Length < RouteHeader.Size ? (byte)0 : Read<RouteHeader>(body).Protocol;

    /// <summary>Null for what is not an IPv4 or IPv6 route, or not well formed.</summary>
    public static RouteMessage? Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length < RouteHeader.Size)
            return null;

        var header = Read<RouteHeader>(body);
        if (header.Family is not (Inet or Inet6) || header.DestinationLength > (header.Family == Inet6 ? 128 : 32))
            return null;

        var parts = new Parts { Table = header.Table, Destination = header.Family == Inet6 ? IpAddr.FromIPv6(0) : IpAddr.FromIPv4(0) };
        var reader = new AttributeReader(body[RouteHeader.Size..]);
        while (reader.MoveNext())
        {
            if (!parts.Take(reader))
                return null;
        }

        if (reader.IsCutOff || parts.Destination.IsIPv6 != (header.Family == Inet6))
            return null;

        return new(
            new IpPrefix(parts.Destination, header.DestinationLength),
            new RoutePlace(parts.Table, parts.Metric, header.Protocol),
            header.Type,
            parts.Hops(header.Flags))
        {
            IsSpecial = header.TypeOfService != 0 || header.SourceLength != 0 || (header.Flags & Cloned) != 0,
        };
    }

    private static T Read<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged => MemoryMarshal.Read<T>(bytes);

    private static bool TryReadAddress(ReadOnlySpan<byte> value, out IpAddr address)
    {
        var fits = value.Length is 4 or 16;
        address = fits ? IpAddr.FromBytes(value) : default;
        return fits;
    }

    // struct rtvia: the family (16), then the address.
    private static bool TryReadVia(ReadOnlySpan<byte> value, out IpAddr address)
    {
        address = default;
        return value.Length > 2 && TryReadAddress(value[2..], out address);
    }

    /// <summary>What the attributes said so far.</summary>
    private struct Parts
    {
        private IpAddr? _gateway;
        private int _interface;
        private ImmutableArray<RouteHop> _multipath;

        public IpAddr Destination;
        public uint Table;
        public uint Metric;

        /// <summary>False if the attribute is malformed.</summary>
        public bool Take(in AttributeReader attribute)
        {
            switch ((RouteAttribute)attribute.Type)
            {
                case RouteAttribute.Destination:
                    return TryReadAddress(attribute.Value, out Destination);
                case RouteAttribute.Gateway:
                    return TakeGateway(TryReadAddress(attribute.Value, out var gateway), gateway);
                case RouteAttribute.Via:
                    return TakeGateway(TryReadVia(attribute.Value, out var via), via);
                case RouteAttribute.OutputInterface:
                    _interface = (int)attribute.ToUInt32();
                    return true;
                case RouteAttribute.Priority:
                    Metric = attribute.ToUInt32();
                    return true;
                case RouteAttribute.Table:
                    Table = attribute.ToUInt32();
                    return true;
                case RouteAttribute.Multipath:
                    return TryReadMultipath(attribute.Value, out _multipath);
                default:
                    return true;
            }
        }

        public readonly ValueList<RouteHop> Hops(uint flags)
        {
            if (!_multipath.IsDefault)
                return new(_multipath);

            return _interface == 0 && _gateway is null ? [] : [new RouteHop(_gateway, _interface, Flags: (HopFlags)flags)];
        }

        private bool TakeGateway(bool isWellFormed, IpAddr gateway)
        {
            _gateway = gateway;
            return isWellFormed;
        }
    }

    private static bool TryReadMultipath(ReadOnlySpan<byte> value, out ImmutableArray<RouteHop> hops)
    {
        var builder = ImmutableArray.CreateBuilder<RouteHop>();
        hops = default;
        while (!value.IsEmpty)
        {
            if (value.Length < HopHeader.Size)
                return false;

            var header = Read<HopHeader>(value);
            if (header.Length < HopHeader.Size || header.Length > value.Length || !TryReadGateway(value[HopHeader.Size..header.Length], out var gateway))
                return false;

            builder.Add(new RouteHop(gateway, header.Interface, header.WeightMinusOne + 1, header.Flags));
            value = value[Math.Min(NetlinkHeader.Align(header.Length), value.Length)..];
        }

        hops = builder.DrainToImmutable();
        return true;
    }

    private static bool TryReadGateway(ReadOnlySpan<byte> attributes, out IpAddr? gateway)
    {
        gateway = null;
        var reader = new AttributeReader(attributes);
        while (reader.MoveNext())
        {
            var isWellFormed = true;
            IpAddr address = default;
            if (reader.Type == (ushort)RouteAttribute.Gateway)
                isWellFormed = TryReadAddress(reader.Value, out address);
            else if (reader.Type == (ushort)RouteAttribute.Via)
                isWellFormed = TryReadVia(reader.Value, out address);
            else
                continue;

            if (!isWellFormed)
                return false;
            gateway = address;
        }

        return !reader.IsCutOff;
    }
}
