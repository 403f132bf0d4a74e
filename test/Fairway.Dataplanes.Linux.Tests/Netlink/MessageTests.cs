using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Tests.Netlink;

public sealed class MessageTests
{
    private const string Eth0 = "00 00 0100 03000000 43100100 00000000 0900 0300 65746830 00 000000 0800 0400 dc050000";
    private const string Ipv4Address = "02 18 80 00 03000000 0800 0100 c0000201 0800 0200 c0000201 0900 0300 65746830 00 000000";
    private const string PointToPoint = "02 20 80 00 03000000 0800 0100 0a010102 0800 0200 0a010101";
    private const string Ipv6Address = "0a 40 80 00 03000000 1400 0100 20010db8000000000000000000000001";

    [Fact]
    public void A_link_reads_as_index_name_and_state()
    {
        var link = LinkMessage.Decode(Hex.Bytes(Eth0))!;

        Assert.Equal((3, "eth0", true), (link.Index, link.Name, link.IsUp));
    }

    [Theory]
    [InlineData("00000000", false)]
    [InlineData("01000000", false)] // up, no carrier
    [InlineData("40000000", false)]
    [InlineData("41000000", true)]
    public void A_link_is_up_when_it_is_wanted_up_and_runs(string flags, bool isUp) =>
        Assert.Equal(isUp, LinkMessage.Decode(Hex.Bytes($"00 00 0100 03000000 {flags} 00000000 0700 0300 6c6f00 00"))!.IsUp);

    [Fact]
    public void A_bridges_message_about_a_port_is_not_about_the_link() =>
        Assert.Null(LinkMessage.Decode(Hex.Bytes("07" + Eth0[2..])));

    [Theory]
    [InlineData(Ipv4Address, "192.0.2.1", "192.0.2.0/24")]
    [InlineData(PointToPoint, "10.1.1.1", "10.1.1.2/32")]
    [InlineData(Ipv6Address, "2001:db8::1", "2001:db8::/64")]
    public void An_address_reads_with_its_subnet(string bytes, string address, string subnet) =>
        Assert.Equal(new AddressMessage(3, new LinkAddress(IpAddr.Parse(address), IpPrefix.Parse(subnet))), AddressMessage.Decode(Hex.Bytes(bytes)));

    [Fact]
    public void An_address_with_a_length_beyond_its_family_is_refused() =>
        Assert.Null(AddressMessage.Decode(Hex.Bytes("02 21 80 00 03000000 0800 0100 c0000201")));

    [Theory]
    [InlineData(Eth0)]
    [InlineData(Ipv4Address)]
    [InlineData(Ipv6Address)]
    public void No_cut_and_no_changed_octet_crashes_a_decoder(string text)
    {
        var bytes = Hex.Bytes(text);
        for (var length = 0; length <= bytes.Length; length++)
            DecodeAsEverything(bytes.AsSpan(0, length));

        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var changed = bytes.ToArray();
            for (var change = 0; change <= round % 4; change++)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            DecodeAsEverything(changed);
        }
    }

    private static void DecodeAsEverything(ReadOnlySpan<byte> bytes)
    {
        LinkMessage.Decode(bytes);
        AddressMessage.Decode(bytes);
        RouteCodec.Decode(bytes);
        RouteCodec.PeekProtocol(bytes);
        NetlinkError.Decode(new(0, NetlinkType.Error, (NetlinkFlags)0x200, 0, 0), bytes);
        NetlinkError.Decode(new(0, NetlinkType.Error, (NetlinkFlags)0x300, 0, 0), bytes);
        var reader = new NetlinkReader(bytes);
        while (reader.MoveNext())
            Assert.True(reader.Body.Length <= bytes.Length);
    }
}
