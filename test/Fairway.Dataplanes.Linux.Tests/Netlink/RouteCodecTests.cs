using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Tests.Netlink;

public sealed class RouteCodecTests
{
    private static readonly RoutePlace Place = new(254, 20, 196);

    private static readonly (string What, RouteMessage Route, string Bytes)[] Cases =
    [
        ("one gateway",
            new(IpPrefix.Parse("203.0.113.0/24"), Place, RouteType.Unicast, [new(IpAddr.Parse("192.0.2.2"), 3)]),
            """
            02 18 00 00 00 c4 00 01 00000000
            0800 0100 cb007100
            0800 0f00 fe000000
            0800 0600 14000000
            0800 0500 c0000202
            0800 0400 03000000
            """),
        ("two gateways of different weight",
            new(IpPrefix.Parse("2001:db8:a::/48"), Place, RouteType.Unicast, [new(IpAddr.Parse("2001:db8::2"), 3), new(IpAddr.Parse("fe80::2"), 4, 5)]),
            """
            0a 30 00 00 00 c4 00 01 00000000
            1400 0100 20010db8000a00000000000000000000
            0800 0f00 fe000000
            0800 0600 14000000
            3c00 0900
            1c00 00 00 03000000 1400 0500 20010db8000000000000000000000002
            1c00 00 04 04000000 1400 0500 fe800000000000000000000000000002
            """),
        ("no gateway",
            new(IpPrefix.Parse("0.0.0.0/0"), Place, RouteType.Unicast, [new(null, 3)]),
            """
            02 00 00 00 00 c4 00 01 00000000
            0800 0100 00000000
            0800 0f00 fe000000
            0800 0600 14000000
            0800 0400 03000000
            """),
        ("unreachable, in a table beyond 255",
            new(IpPrefix.Parse("203.0.113.1/32"), new(100_000, 7, 200), RouteType.Unreachable, []),
            """
            02 20 00 00 00 c8 00 07 00000000
            0800 0100 cb007101
            0800 0f00 a0860100
            0800 0600 07000000
            """),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(row => row.What)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_route_has_these_bytes_and_reads_back_from_them(string what)
    {
        var (_, route, bytes) = Cases.Single(row => row.What == what);
        var writer = new NetlinkWriter();

        RouteCodec.Encode(writer, route, RouteScope.Universe);

        Assert.Equal(Hex.Text(bytes), Hex.Text(writer.Written.Span));
        Assert.Equal(route, RouteCodec.Decode(Hex.Bytes(bytes)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_route_that_is_cut_off_anywhere_is_refused_or_lacks_what_was_cut(string what)
    {
        var (_, route, text) = Cases.Single(row => row.What == what);
        var bytes = Hex.Bytes(text);

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.NotEqual(route, RouteCodec.Decode(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void A_dump_asks_for_a_table_and_a_protocol()
    {
        var writer = new NetlinkWriter();

        RouteCodec.EncodeDump(writer, isIPv6: true, table: 100_000, protocol: 196);

        Assert.Equal(Hex.Text("0a 00 00 00 00 c4 00 00 00000000 0800 0f00 a0860100"), Hex.Text(writer.Written.Span));
    }

    [Theory]
    [InlineData("a source prefix", "0a 30 10 00 fe 04 00 01 00000000 1400 0100 20010db8000a00000000000000000000")]
    [InlineData("a type of service", "02 18 00 10 fe 04 00 01 00000000 0800 0100 cb007100")]
    [InlineData("a copy for one destination", "02 20 00 00 fe 04 00 01 00020000 0800 0100 cb007101")]
    public void A_route_for_some_packets_only_is_special(string what, string bytes)
    {
        Assert.True(RouteCodec.Decode(Hex.Bytes(bytes))?.IsSpecial, what);
    }

    [Fact]
    public void An_Ipv4_route_may_have_an_Ipv6_gateway_and_a_dead_hop()
    {
        var route = RouteCodec.Decode(Hex.Bytes(
            """
            02 18 00 00 fe 0c 00 01 01000000
            0800 0100 cb007100
            0800 0400 03000000
            1600 1200 0a00 fe800000000000000000000000000009 0000
            """))!;

        Assert.Equal([new RouteHop(IpAddr.Parse("fe80::9"), 3, Flags: HopFlags.Dead)], route.Hops);
    }

    [Theory]
    [InlineData("another family", "07 18 00 00 fe 04 00 01 00000000 0800 0100 cb007100")]
    [InlineData("a length beyond the family's", "02 21 00 00 fe 04 00 01 00000000 0800 0100 cb007100")]
    [InlineData("an address of the other family", "02 18 00 00 fe 04 00 01 00000000 1400 0100 20010db8000a00000000000000000000")]
    [InlineData("an address of five octets", "02 18 00 00 fe 04 00 01 00000000 0900 0100 cb00710000 000000")]
    [InlineData("a gateway of no octets", "02 18 00 00 fe 04 00 01 00000000 0400 0500")]
    [InlineData("an attribute shorter than its header", "02 18 00 00 fe 04 00 01 00000000 0300 0100")]
    [InlineData("an attribute longer than the message", "02 18 00 00 fe 04 00 01 00000000 ff00 0100 cb007100")]
    [InlineData("a next hop longer than its list", "02 18 00 00 fe 04 00 01 00000000 0c00 0900 0900 00 00 03000000")]
    [InlineData("a next hop shorter than its header", "02 18 00 00 fe 04 00 01 00000000 0c00 0900 0700 00 00 03000000")]
    [InlineData("half a next hop", "02 18 00 00 fe 04 00 01 00000000 0800 0900 0800 00 00")]
    public void Malformed_routes_are_refused(string what, string bytes)
    {
        Assert.True(RouteCodec.Decode(Hex.Bytes(bytes)) is null, what);
    }
}
