using Fairway.Dataplanes.Linux.Netlink;

namespace Fairway.Dataplanes.Linux.Tests.Netlink;

public sealed class NetlinkReaderTests
{
    private const string Two = "12000000 1800 0200 05000000 07000000 aabb 0000   14000000 0300 0000 06000000 07000000 01000000";

    [Fact]
    public void Messages_come_one_after_the_other_without_their_padding()
    {
        var reader = new NetlinkReader(Hex.Bytes(Two));

        Assert.True(reader.MoveNext());
        Assert.Equal(new NetlinkHeader(18, NetlinkType.NewRoute, NetlinkFlags.Multi, 5, 7), reader.Header);
        Assert.Equal("aabb", Hex.Text(reader.Body));
        Assert.True(reader.MoveNext());
        Assert.Equal(new NetlinkHeader(20, NetlinkType.Done, NetlinkFlags.None, 6, 7), reader.Header);
        Assert.Equal("01000000", Hex.Text(reader.Body));
        Assert.False(reader.MoveNext());
        Assert.False(reader.IsCutOff);
    }

    [Theory]
    [InlineData("0f000000 1800 0200 05000000 07000000")]
    [InlineData("11000000 1800 0200 05000000 07000000")]
    [InlineData("ffffffff 1800 0200 05000000 07000000")]
    [InlineData("00000000 1800 0200 05000000 07000000")]
    [InlineData("10000000 1800 0200 05000000")]
    public void A_length_that_does_not_fit_ends_the_walk(string bytes)
    {
        var reader = new NetlinkReader(Hex.Bytes(bytes));

        Assert.False(reader.MoveNext());
        Assert.True(reader.IsCutOff);
    }

    [Fact]
    public void What_is_written_reads_back_with_lengths_filled_in()
    {
        var writer = new NetlinkWriter();
        writer.Begin(NetlinkType.NewRoute, NetlinkFlags.Request, 5);
        writer.Attribute(15, 254);
        writer.End();
        writer.Begin(NetlinkType.DeleteRoute, NetlinkFlags.Request, 6);
        writer.End();
        writer.AskForAck();

        Assert.Equal(
            Hex.Text("18000000 1800 0100 05000000 00000000 0800 0f00 fe000000   10000000 1900 0500 06000000 00000000"),
            Hex.Text(writer.Written.Span));
    }

    [Fact]
    public void An_error_tells_its_number_and_the_kernels_own_words()
    {
        // -EINVAL, the header of the request, "Nexthop has invalid gateway"
        var body = Hex.Bytes("eaffffff 24000000 1800 0506 05000000 00000000 2000 0100" + Convert.ToHexString("Nexthop has invalid gateway\0"u8));

        var error = NetlinkError.Decode(new((uint)(16 + body.Length), NetlinkType.Error, (NetlinkFlags)0x300, 5, 7), body);

        Assert.Equal(new NetlinkError(Errno.Invalid, "Nexthop has invalid gateway"), error);
    }

    [Fact]
    public void An_error_that_repeats_its_whole_request_tells_the_same()
    {
        var body = Hex.Bytes("eaffffff 14000000 1800 0506 05000000 00000000 cccccccc 0800 0100 4e6f2100");

        Assert.Equal(new NetlinkError(Errno.Invalid, "No!"), NetlinkError.Decode(new(36, NetlinkType.Error, (NetlinkFlags)0x200, 5, 7), body));
    }

    [Theory]
    [InlineData("00000000 10000000 1800 0506 05000000 00000000", (int)Errno.None)]
    [InlineData("efffffff 10000000 1800 0506 05000000 00000000", (int)Errno.Exists)]
    public void An_error_without_words_has_only_its_number(string body, int code) =>
        Assert.Equal(new NetlinkError((Errno)code, ""), NetlinkError.Decode(new(36, NetlinkType.Error, (NetlinkFlags)0x100, 5, 7), Hex.Bytes(body)));
}
