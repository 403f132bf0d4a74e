using Fairway.Bgp.Wire;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Message headers (RFC 4271 §6.1); numbers are those of the list of concrete cases.</summary>
public class FramingTests
{
    private static readonly byte[] Keepalive = Frame(BgpMessageType.Keepalive, []);

    [Fact]
    public void A_header_that_is_not_complete_asks_for_more()
    {
        for (var length = 0; length < Keepalive.Length; length++)
        {
            Assert.Equal(0, BgpFraming.MessageLength(Keepalive.AsSpan(0, length)).Value);
        }

        Assert.Equal(19, BgpFraming.MessageLength([.. Keepalive, 0xFF]).Value);
    }

    // 1
    [Fact]
    public void A_marker_that_is_not_all_ones_gets_1_1()
    {
        for (var position = 0; position < 16; position++)
        {
            var message = Keepalive.ToArray();
            message[position] = 0xFE;
            Assert.Equal(NotificationMessage.Header(HeaderSubcode.ConnectionNotSynchronized), ErrorOf(message));
        }
    }

    // 2
    [Theory]
    [InlineData(BgpMessageType.Keepalive, 0)]
    [InlineData(BgpMessageType.Keepalive, 18)]
    [InlineData(BgpMessageType.Update, 4097)]
    [InlineData(BgpMessageType.Update, 65535)]
    [InlineData(BgpMessageType.Update, 22)]
    [InlineData(BgpMessageType.Open, 28)]
    [InlineData(BgpMessageType.Notification, 20)]
    [InlineData(BgpMessageType.Keepalive, 20)] // 3
    [InlineData(BgpMessageType.RouteRefresh, 22)]
    [InlineData(BgpMessageType.RouteRefresh, 24)]
    public void A_bad_length_gets_1_2_with_the_length_field(BgpMessageType type, int length)
    {
        byte[] field = [(byte)(length >> 8), (byte)length];
        byte[] header = [.. Keepalive[..16], .. field, (byte)type];

        Assert.Equal(NotificationMessage.Header(HeaderSubcode.BadMessageLength, field), BgpFraming.MessageLength(header).Error?.Notification);
    }

    // 4
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(255)]
    public void An_unknown_type_gets_1_3_with_the_type(byte type) =>
        Assert.Equal(NotificationMessage.Header(HeaderSubcode.BadMessageType, type), ErrorOf(Frame((BgpMessageType)type, [])));

    [Fact]
    public void The_longest_message_is_4096_octets()
    {
        Assert.Equal(4096, BgpFraming.MessageLength(Frame(BgpMessageType.Update, new byte[4096 - 19])).Value);
    }

    [Fact]
    public void Bytes_that_are_not_exactly_one_message_are_refused()
    {
        Assert.Equal(NotificationMessage.Header(HeaderSubcode.BadMessageLength, 0, 38), ErrorOf([.. Keepalive, .. Keepalive]));
        Assert.Equal(NotificationMessage.Header(HeaderSubcode.BadMessageLength, 0, 5), ErrorOf(Keepalive[..5]));
    }
}
