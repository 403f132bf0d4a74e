using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>What random tables are made of: few values, so that they meet often. Peers that are alike share their update groups.</summary>
internal sealed class RandomRibPool(Random random, bool peersAreAlike)
{
    public static readonly Asn Own = new(64500);

    private static readonly ValueList<RoutePolicy> AcceptAll = [new("all") { Default = PolicyVerdict.Accept }];

    private static readonly ValueList<RoutePolicy>[] Policies =
    [
        [],
        [],
        AcceptAll,
        [new("some") { Statements = [new() { Match = new() { Prefixes = [new(IpPrefix.Parse("192.0.2.0/24"), 24, 32)] }, Then = PolicyVerdict.Reject }], Default = PolicyVerdict.Accept }],
        [new("pref") { Statements = [new() { Match = new() { Communities = [Community.Parse("64500:1")] }, Set = new() { LocalPref = 200, Med = 7 }, Then = PolicyVerdict.Accept }], Default = PolicyVerdict.Accept }],
        [new("weigh") { Statements = [new() { Match = new() { NeighborAsns = [new(64501)] }, Set = new() { Weight = 5, Communities = new() { Add = [Community.Parse("64500:9")] } }, Then = PolicyVerdict.Accept }], Default = PolicyVerdict.Accept }],
        [new("named") { Statements = [new() { Match = new() { Peers = ["p1", "p2"] }, Set = new() { Prepend = new(null, 2) }, Then = PolicyVerdict.Accept }], Default = PolicyVerdict.Accept }],
        [new("hop") { Statements = [new() { Set = new() { NextHop = new(NextHopMode.Self) }, Then = PolicyVerdict.Accept }] }],
        [new("none")],
    ];

    public T Pick<T>(params ReadOnlySpan<T> items) => items[random.Next(items.Length)];

    public bool Chance(int percent) => random.Next(100) < percent;

    public AddressFamily Family() => Pick(AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast);

    public IpPrefix Prefix(AddressFamily family) => family.IsIPv6
        ? IpPrefix.Parse($"2001:db8:{random.Next(8)}::/48")
        : IpPrefix.Parse($"{Pick("192.0.2", "198.51.100")}.{random.Next(8) * 8}/29");

    public PeerOptions Peer(int number, PeerType type) => peersAreAlike ? Plain(number, type) : new()
    {
        Name = $"p{number}",
        Key = KeyOf(number),
        Type = type,
        AllowOwnAsn = Chance(10) ? 1 : 0,
        RequiresPolicy = type == PeerType.External && Chance(15),
        NextHop = Pick(default, default, new NextHopPolicy(NextHopMode.Self), new NextHopPolicy(NextHopMode.Unchanged)),
        Learned = new() { Accept = !Chance(10), Readvertise = Pick(Readvertise.All, Readvertise.All, Readvertise.Ibgp, Readvertise.None), Install = Chance(80) },
        Families =
        [
            new(AddressFamily.Ipv4Unicast) { Import = Pick(Policies), Export = Pick(Policies) },
            new(AddressFamily.Ipv6Unicast) { Import = Pick(Policies), Export = Pick(Policies) },
        ],
    };

    private PeerOptions Plain(int number, PeerType type) => new()
    {
        Name = $"p{number}",
        Key = KeyOf(number),
        Type = type,
        NextHop = Chance(90) ? default : new(NextHopMode.Self),
    };

    public static PeerKey KeyOf(int number) => new(IpAddr.Parse($"203.0.113.{number}"));

    public RibSession Session(int number) => new()
    {
        PeerAsn = new((uint)(64500 + number)),
        PeerRouterId = new((uint)random.Next(1, 4)),
        Families = Chance(30) ? [AddressFamily.Ipv4Unicast] : [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast],
        FourOctetAsn = peersAreAlike || Chance(80),
        LocalIPv4 = IpAddr.Parse("203.0.113.254"),
        LocalIPv6 = peersAreAlike || Chance(80) ? IpAddr.Parse("2001:db8:ffff::1") : null,
        LocalLinkLocal = !peersAreAlike && Chance(50) ? IpAddr.Parse("fe80::1") : null,
    };

    public AttributeSet Attributes(AddressFamily family, PeerType type) => AttributeSet.Of(new()
    {
        Origin = Pick(Origin.Igp, Origin.Incomplete),
        AsPath = Pick(AsPath.Sequence(new Asn(64501)), AsPath.Sequence(new Asn(64502)), AsPath.Sequence(new(64501), new(4200000001)), AsPath.Sequence(Own, new(64503))),
        NextHop = NextHop(family),
        LinkLocalNextHop = family.IsIPv6 && Chance(30) ? IpAddr.Parse("fe80::9") : null,
        Med = Pick<uint?>(null, 5, 10),
        LocalPref = type == PeerType.Internal ? Pick<uint?>(100, 150) : null,
        Communities = Pick<ValueList<Community>>([], [], [Community.Parse("64500:1")], [Community.NoExport], [Community.NoAdvertise]),
        ExtendedCommunities = Pick<ValueList<ExtendedCommunity>>([], [ExtendedCommunity.Parse("rt:64500:1"), new(0x4002_0000_0000_0001)]),
        LargeCommunities = Pick<ValueList<LargeCommunity>>([], [LargeCommunity.Parse("64500:1:2")]),
    });

    public IpAddr NextHop(AddressFamily family) => IpAddr.Parse(family.IsIPv6 ? Pick("2001:db8:f::1", "2001:db8:f::2") : Pick("203.0.113.101", "203.0.113.102"));

    public AdvertisedPrefix Local(IpPrefix prefix) => new(
        prefix,
        Chance(50) ? [new(null, Wish(prefix))] : [new([KeyOf(random.Next(1, 6)), KeyOf(random.Next(1, 6))], Wish(prefix)), .. Others(prefix)]);

    private AdvertisedAlternative[] Others(IpPrefix prefix) => Chance(50) ? [] : [new([KeyOf(random.Next(1, 6))], Wish(prefix))];

    private AdvertisedAttributes Wish(IpPrefix prefix) => new()
    {
        Med = Pick<uint?>(null, 3),
        LocalPref = Pick<uint?>(null, 120),
        Prepend = Pick(0, 0, 2),
        NextHop = Chance(20) ? NextHop(prefix.Family) : null,
        Communities = Pick<ValueList<Community>>([], [Community.NoExport]),
    };
}
