using System.Runtime.InteropServices;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>RTM_NEWROUTE, RTM_DELROUTE and RTM_GETROUTE: struct rtmsg with its attributes, linux/rtnetlink.h.</summary>
internal static partial class RouteCodec
{
    private const byte Inet = 2;
    private const byte Inet6 = 10;

    /// <summary>A route to install (<paramref name="scope"/> says how far it goes) or to remove.</summary>
    public static void Encode(NetlinkWriter writer, RouteMessage route, RouteScope scope)
    {
        writer.Write(new RouteHeader
        {
            Family = Family(route.Prefix.IsIPv6),
            DestinationLength = route.Prefix.Length,
            Protocol = route.Place.Protocol,
            Scope = scope,
            Type = route.Type,
        });
        WriteAddress(writer, RouteAttribute.Destination, route.Prefix.Address);
        writer.Attribute((ushort)RouteAttribute.Table, route.Place.Table);
        writer.Attribute((ushort)RouteAttribute.Priority, route.Place.Metric);
        if (route.Hops.Count == 1)
            WriteHop(writer, route.Hops[0]);
        else if (route.Hops.Count > 1)
            WriteMultipath(writer, route.Hops);
    }

    /// <summary>Asks for the routes of one family, of one table (0: any) and one protocol (0: any).</summary>
    public static void EncodeDump(NetlinkWriter writer, bool isIPv6, uint table, byte protocol)
    {
        writer.Write(new RouteHeader { Family = Family(isIPv6), Protocol = protocol });
        if (table != 0)
            writer.Attribute((ushort)RouteAttribute.Table, table);
    }

    private static byte Family(bool isIPv6) => isIPv6 ? Inet6 : Inet;

    private static void WriteMultipath(NetlinkWriter writer, ValueList<RouteHop> hops)
    {
        var multipath = writer.BeginNested((ushort)RouteAttribute.Multipath);
        foreach (var hop in hops)
        {
            var start = writer.BeginPart(new HopHeader { WeightMinusOne = (byte)(hop.Weight - 1), Interface = hop.Interface });
            if (hop.Gateway is { } gateway)
                WriteAddress(writer, RouteAttribute.Gateway, gateway);
            writer.EndPart(start);
        }

        writer.EndPart(multipath);
    }

    private static void WriteHop(NetlinkWriter writer, RouteHop hop)
    {
        if (hop.Gateway is { } gateway)
            WriteAddress(writer, RouteAttribute.Gateway, gateway);
        writer.Attribute((ushort)RouteAttribute.OutputInterface, (uint)hop.Interface);
    }

    private static void WriteAddress(NetlinkWriter writer, RouteAttribute type, IpAddr address) =>
        address.WriteTo(writer.ReserveAttribute((ushort)type, address.ByteLength));

    /// <summary>struct rtmsg</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct RouteHeader
    {
        public byte Family;
        public byte DestinationLength;
        public byte SourceLength;
        public byte TypeOfService;
        public byte Table;
        public byte Protocol;
        public RouteScope Scope;
        public RouteType Type;
        public uint Flags;

        public const int Size = 12;
    }

    /// <summary>struct rtnexthop; the attributes of the hop follow it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HopHeader
    {
        public ushort Length;
        public HopFlags Flags;
        public byte WeightMinusOne;
        public int Interface;

        public const int Size = 8;
    }
}
