using System.Buffers;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;

namespace Fairway.Fuzz;

/// <summary>One good message of each kind, for runs without a folder of seeds.</summary>
internal static class BuiltInSeeds
{
    private static readonly PathAttributes Attributes = new()
    {
        Origin = Origin.Igp,
        AsPath = AsPath.Sequence(new Asn(64496), new Asn(4200000000)),
        NextHop = IpAddr.Parse("2001:db8::1"),
        LinkLocalNextHop = IpAddr.Parse("fe80::1"),
        Med = 1,
        LocalPref = 100,
        AtomicAggregate = true,
        Aggregator = new(new(4200000000), RouterId.Parse("192.0.2.1")),
        Communities = [Community.NoExport],
        OriginatorId = RouterId.Parse("192.0.2.9"),
        ClusterList = [RouterId.Parse("10.0.0.1")],
        ExtendedCommunities = [ExtendedCommunity.Parse("rt:64496:1")],
        LargeCommunities = [LargeCommunity.Parse("64496:1:2")],
        Unknown = [new UnknownAttribute(40, [1, 0, 7, 0, 0, 0, 0, 0, 0, 5])],
    };

    private static readonly BgpMessage[] Messages =
    [
        new OpenMessage
        {
            MyAs = 64496,
            HoldTime = TimeSpan.FromSeconds(90),
            RouterId = RouterId.Parse("192.0.2.1"),
            Capabilities =
            [
                new MultiprotocolCapability(AddressFamily.Ipv6Unicast),
                new RouteRefreshCapability(),
                new FourOctetAsCapability(new(64496)),
                new GracefulRestartCapability(true, TimeSpan.FromSeconds(120), [new(AddressFamily.Ipv4Unicast, true)]),
            ],
        },
        new UpdateMessage { Announced = [new(AddressFamily.Ipv6Unicast, AttributeSet.Of(Attributes), [IpPrefix.Parse("2001:db8::/32")])] },
        new UpdateMessage
        {
            Announced =
            [
                new(
                    AddressFamily.Ipv4Unicast,
                    AttributeSet.Of(Attributes with { NextHop = IpAddr.Parse("192.0.2.2"), LinkLocalNextHop = null }),
                    [IpPrefix.Parse("198.51.100.0/24")]),
            ],
        },
        new UpdateMessage { Withdrawn = [IpPrefix.Parse("198.51.100.0/24"), IpPrefix.Parse("2001:db8::/32")] },
        NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, "bye"),
        new RouteRefreshMessage(AddressFamily.Ipv4Unicast),
        KeepaliveMessage.Instance,
    ];

    public static IEnumerable<byte[]> All => Messages.SelectMany(message => new[] { true, false }.Select(four => Encode(message, four)));

    private static byte[] Encode(BgpMessage message, bool fourOctetAs)
    {
        var output = new ArrayBufferWriter<byte>();
        BgpMessageCodec.Encode(message, new SessionCodecOptions { FourOctetAs = fourOctetAs }, output);
        return output.WrittenSpan.ToArray();
    }
}
