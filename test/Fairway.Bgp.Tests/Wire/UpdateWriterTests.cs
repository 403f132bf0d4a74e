using System.Buffers;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Routes are packed tightly and never into an illegal message.</summary>
public class UpdateWriterTests
{
    private static readonly AttributeSet Four = AttributeSet.Of(new() { Origin = Origin.Igp, AsPath = AsPath.Empty, NextHop = IpAddr.Parse("192.0.2.2") });
    private static readonly AttributeSet Six = AttributeSet.Of(new() { Origin = Origin.Igp, AsPath = AsPath.Empty, NextHop = IpAddr.Parse("2001:db8::1") });

    public static TheoryData<bool, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<bool, int>();
            foreach (var count in new[] { 1, 2, 200, 238, 239, 240, 1013, 1014, 1015, 1016, 5000 })
            {
                sizes.Add(false, count);
                sizes.Add(true, count);
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_prefix_arrives_once_and_every_message_but_the_last_is_full(bool isIPv6, int count)
    {
        var prefixes = Prefixes(isIPv6, count);
        var family = prefixes[0].Family;
        var announced = new ArrayBufferWriter<byte>();
        var withdrawn = new ArrayBufferWriter<byte>();

        var announcements = UpdateWriter.WriteAnnouncements(announced, family, isIPv6 ? Six : Four, prefixes, true);
        var withdrawals = UpdateWriter.WriteWithdrawals(withdrawn, family, prefixes);

        var updates = Split(announced.WrittenSpan).ConvertAll(message => DecodeUpdate(message));
        Assert.Equal(prefixes, updates.SelectMany(update => update.Announced).SelectMany(routes => routes.Prefixes));
        Assert.Equal(prefixes, Split(withdrawn.WrittenSpan).SelectMany(message => DecodeUpdate(message).Withdrawn));
        Assert.Equal((announcements, withdrawals), (updates.Count, Split(withdrawn.WrittenSpan).Count));
        Assert.All(Split(announced.WrittenSpan).SkipLast(1), message => Assert.InRange(message.Length, 4096 - 16, 4096));
        Assert.All(Split(withdrawn.WrittenSpan).SkipLast(1), message => Assert.InRange(message.Length, 4096 - 16, 4096));
    }

    // RFC 7606 §5.1
    [Fact]
    public void MP_REACH_stands_first()
    {
        var output = new ArrayBufferWriter<byte>();

        UpdateWriter.WriteAnnouncements(output, AddressFamily.Ipv6Unicast, Six, Prefixes(true, 1), true);

        Assert.Equal((byte)PathAttributeType.MpReachNlri, output.WrittenSpan[19 + 4 + 1]);
    }

    // 44
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Attributes_that_leave_no_room_for_a_prefix_write_nothing(bool isIPv6)
    {
        var family = isIPv6 ? AddressFamily.Ipv6Unicast : AddressFamily.Ipv4Unicast;
        var seenFit = false;
        for (var size = 3900; size < 4200; size++)
        {
            var attributes = (isIPv6 ? Six : Four).Value with { Unknown = [new UnknownAttribute(200, new byte[size].ToValueList())] };
            var output = new ArrayBufferWriter<byte>();

            var messages = UpdateWriter.WriteAnnouncements(output, family, AttributeSet.Of(attributes), Prefixes(isIPv6, 2), true);

            Assert.Equal(messages, Split(output.WrittenSpan).Count);
            Assert.True(size < 4000 ? messages > 0 : size < 4100 || messages == 0);
            Assert.False(messages > 0 && !seenFit && size > 3900);
            seenFit = messages > 0;
        }
    }

    // 22
    [Theory]
    [InlineData(Afi.Ipv4, "0000 0000")]
    [InlineData(Afi.Ipv6, "0000 0007 900F0003 0002 01")]
    public void End_of_RIB_is_written_for_each_family(Afi afi, string body)
    {
        var output = new ArrayBufferWriter<byte>();

        UpdateWriter.WriteEndOfRib(output, new(afi, Safi.Unicast));

        Assert.Equal(Frame(BgpMessageType.Update, Hex(body)), output.WrittenSpan.ToArray());
        Assert.Equal(new(afi, Safi.Unicast), DecodeUpdate(output.WrittenSpan.ToArray()).EndOfRib);
    }

    [Fact]
    public void A_next_hop_of_the_wrong_family_is_the_callers_mistake()
    {
        var output = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentException>(() => UpdateWriter.WriteAnnouncements(output, AddressFamily.Ipv6Unicast, Four, Prefixes(true, 1), true));
        Assert.Throws<ArgumentException>(() => UpdateWriter.WriteAnnouncements(output, AddressFamily.Ipv4Unicast, Six, Prefixes(false, 1), true));
        Assert.Equal(0, output.WrittenCount);
    }

    private static IpPrefix[] Prefixes(bool isIPv6, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => isIPv6
            ? IpPrefix.Host(IpAddr.FromIPv6(IpAddr.Parse("2001:db8::").Bits + (uint)i))
            : new IpPrefix(IpAddr.FromIPv4(0x0A000000 + ((uint)i << 8)), 24)),
    ];
}
