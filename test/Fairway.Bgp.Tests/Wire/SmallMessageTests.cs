using System.Text;
using Fairway.Bgp.Wire;
using Fairway.Net;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>KEEPALIVE, NOTIFICATION and ROUTE-REFRESH.</summary>
public class SmallMessageTests
{
    public static TheoryData<BgpMessageType, string, BgpMessage> Pairs => new()
    {
        { BgpMessageType.Keepalive, "", KeepaliveMessage.Instance },
        { BgpMessageType.Notification, "0400", NotificationMessage.HoldTimerExpired },
        { BgpMessageType.Notification, "010217", NotificationMessage.Header(HeaderSubcode.BadMessageLength, 0x17) },
        { BgpMessageType.Notification, "0602 03 627965", NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, "bye") },
        { BgpMessageType.Notification, "FFFE01", new NotificationMessage((NotificationCode)255, 254, [1]) },
        { BgpMessageType.RouteRefresh, "0002 00 01", new RouteRefreshMessage(AddressFamily.Ipv6Unicast) },
        { BgpMessageType.RouteRefresh, "0001 01 01", new RouteRefreshMessage(AddressFamily.Ipv4Unicast, RouteRefreshSubtype.BeginOfRefresh) },
        { BgpMessageType.RouteRefresh, "0019 09 46", new RouteRefreshMessage(new((Afi)25, (Safi)70), (RouteRefreshSubtype)9) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_message_reads_and_writes(BgpMessageType type, string hex, BgpMessage value)
    {
        var message = Frame(type, Hex(hex));

        Assert.Equal(value, Decode(message).Value);
        Assert.Equal(message, Encode(value));
        Assert.All(Truncations(message), shorter => Assert.NotEqual(value, Decode(shorter).Value));
    }

    // 52
    [Fact]
    public void A_shutdown_communication_is_cut_at_255_octets_between_characters()
    {
        var notification = NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, new string('ä', 200));

        Assert.Equal((255 - 1, 127), (notification.Data[0], notification.ShutdownCommunication!.Length));
        Assert.Equal(1 + 254, notification.Data.Count);
        Assert.Empty(NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, "").Data);
    }

    // 52
    [Theory]
    [InlineData("", null)]
    [InlineData("00", null)]
    [InlineData("03 627965", "bye")]
    [InlineData("02 627965", "by")] // more than it says
    [InlineData("FF 6279", "by")] // less than it says
    [InlineData("03 62FF65", "b\uFFFDe")]
    [InlineData("03 620A65", "b\uFFFDe")]
    [InlineData("02 1B5B", "\uFFFD[")]
    public void A_received_communication_is_safe_to_log(string data, string? text)
    {
        var bytes = ValueList.Create<byte>(Hex(data));

        Assert.Equal(text, new NotificationMessage(NotificationCode.Cease, (byte)CeaseSubcode.AdministrativeReset, bytes).ShutdownCommunication);
        Assert.Null(new NotificationMessage(NotificationCode.Cease, (byte)CeaseSubcode.ConnectionRejected, bytes).ShutdownCommunication);
        Assert.Null(new NotificationMessage(NotificationCode.Update, 2, bytes).ShutdownCommunication);
    }

    [Fact]
    public void A_communication_of_128_octets_comes_back_whole()
    {
        var text = new string('x', 128);

        Assert.Equal(text, NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, text).ShutdownCommunication);
        Assert.Equal(128, Encoding.UTF8.GetByteCount(text));
    }

    [Fact]
    public void A_NOTIFICATION_with_too_much_data_is_cut_to_a_legal_message()
    {
        Assert.Equal(4096, Encode(NotificationMessage.Update(UpdateSubcode.OptionalAttributeError, new byte[5000])).Length);
    }
}
