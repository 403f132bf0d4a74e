using Fairway.Bgp.Wire;
using Fairway.Net;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>OPEN (RFC 4271 §4.2), capabilities (RFC 5492) and extended parameters (RFC 9072).</summary>
public class OpenCodecTests
{
    private const string Head = "04 FBF0 005A C0000201"; // version 4, AS 64496, 90 s, 192.0.2.1
    private static readonly NotificationMessage Malformed = NotificationMessage.Open(OpenSubcode.Unspecific);

    private static readonly OpenMessage Plain = new() { MyAs = 64496, HoldTime = TimeSpan.FromSeconds(90), RouterId = RouterId.Parse("192.0.2.1") };

    public static TheoryData<string, OpenMessage> Pairs => new()
    {
        { $"{Head} 00", Plain },
        { $"{Head} 08 02 06 01 04 0001 00 01", Plain with { Capabilities = [new MultiprotocolCapability(AddressFamily.Ipv4Unicast)] } },
        {
            $"{Head} 18 02 16 0104 0002 00 01 0200 4104 FA56EA01 4006 8078 0001 01 80",
            Plain with
            {
                Capabilities =
                [
                    new MultiprotocolCapability(AddressFamily.Ipv6Unicast),
                    new RouteRefreshCapability(),
                    new FourOctetAsCapability(new(4200000001)),
                    new GracefulRestartCapability(true, TimeSpan.FromSeconds(120), [new(AddressFamily.Ipv4Unicast, true)]),
                ],
            }
        },
        { $"{Head} 06 02 04 4002 0FFF", Plain with { Capabilities = [new GracefulRestartCapability(false, TimeSpan.FromSeconds(4095), [])] } },
        { $"{Head} 05 02 03 C801 07", Plain with { Capabilities = [new UnknownCapability((CapabilityCode)200, [7])] } }, // 9
        { $"{Head} 07 02 05 4103 010203", Plain with { Capabilities = [new UnknownCapability(CapabilityCode.FourOctetAs, [1, 2, 3])] } },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_OPEN_reads_and_writes(string hex, OpenMessage value)
    {
        var message = Frame(BgpMessageType.Open, Hex(hex));

        Assert.Equal(value, Decode(message).Value);
        Assert.Equal(message, Encode(value));
    }

    // 10
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_truncated_OPEN_is_refused(string hex, OpenMessage value)
    {
        Assert.NotNull(value);
        foreach (var message in Truncations(Frame(BgpMessageType.Open, Hex(hex))))
        {
            Assert.True(ErrorOf(message) == Malformed || ErrorOf(message)?.Code is NotificationCode.MessageHeader);
        }
    }

    // 5
    [Fact]
    public void Another_version_gets_2_1_with_ours() => Assert.Equal(
        NotificationMessage.Open(OpenSubcode.UnsupportedVersionNumber, 0, 4),
        ErrorOf(Frame(BgpMessageType.Open, Hex("03 FBF0 005A C0000201 00"))));

    // 9
    [Theory]
    [InlineData("04 01 02 0000")] // authentication, deprecated
    [InlineData("02 63 00")]
    public void An_unknown_optional_parameter_gets_2_4(string parameters) =>
        Assert.Equal(NotificationMessage.Open(OpenSubcode.UnsupportedOptionalParameter), Error(parameters));

    // 10: CVE-2022-43681, CVE-2022-40302, CVE-2022-40318 and their like
    [Theory]
    [InlineData("01")]
    [InlineData("02 02")]
    [InlineData("02 02 01")]
    [InlineData("04 02 02 01 01")]
    [InlineData("05 02 03 01 04 00")]
    [InlineData("FF FF")]
    [InlineData("FF FF 00")]
    [InlineData("FF FF 0001")]
    [InlineData("FF FF 0003 02 0001")]
    [InlineData("FF FF 0000 00")]
    [InlineData("00 00")]
    [InlineData("02 02 00 00")]
    public void Parameters_that_do_not_fit_get_2_0(string parameters) => Assert.Equal(Malformed, Error(parameters));

    // 11
    [Theory]
    [InlineData("FF FF 0009 02 0006 0104 0002 00 01")]
    [InlineData("01 FF 0009 02 0006 0104 0002 00 01")]
    public void Extended_parameters_are_read(string parameters) => Assert.Equal(
        Plain with { Capabilities = [new MultiprotocolCapability(AddressFamily.Ipv6Unicast)] },
        Decode(Frame(BgpMessageType.Open, Hex($"{Head} {parameters}"))).Value);

    [Fact]
    public void Capabilities_may_stand_in_several_parameters()
    {
        var open = Assert.IsType<OpenMessage>(Decode(Frame(BgpMessageType.Open, Hex($"{Head} 0C 02 06 0104 0001 00 01 02 02 0200"))).Value);

        Assert.Equal<Capability>([new MultiprotocolCapability(AddressFamily.Ipv4Unicast), new RouteRefreshCapability()], open.Capabilities);
    }

    private static NotificationMessage? Error(string parameters) => ErrorOf(Frame(BgpMessageType.Open, Hex($"{Head} {parameters}")));
}
