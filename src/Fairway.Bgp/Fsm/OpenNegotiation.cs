using System.Buffers;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Fsm;

/// <summary>Our OPEN, what may be wrong with the peer's (RFC 4271 §6.2), and what both agree on.</summary>
internal static class OpenNegotiation
{
    private static readonly TimeSpan ShortestHoldTime = TimeSpan.FromSeconds(3);

    public static OpenMessage OurOpen(SessionOptions options)
    {
        var capabilities = new List<Capability>(OurFamilies(options))
        {
            new RouteRefreshCapability(),
            new FourOctetAsCapability(options.LocalAsn),
        };
        if (options.GracefulRestart is { } restart)
        {
            capabilities.Add(restart);
        }

        return new OpenMessage
        {
            MyAs = OpenMessage.MyAsOf(options.LocalAsn),
            HoldTime = options.HoldTime,
            RouterId = options.LocalId,
            Capabilities = capabilities.ToValueList(),
        };
    }

    /// <summary>The first thing wrong with the peer's OPEN, or null.</summary>
    public static DecodeError? FindProblem(SessionOptions options, OpenMessage open)
    {
        if (open.MyAs == 0 || open.Asn.Value == 0 || !IsExpectedAs(options, open.Asn))
        {
            return Error(OpenSubcode.BadPeerAs, $"AS {open.Asn} is not the one configured"); // RFC 4271 §6.2, RFC 7607 §2
        }

        // RFC 6286 §2.2: not zero, and not ours inside our AS.
        if (open.RouterId.Value == 0 || (options.PeerType is PeerType.Internal && open.RouterId == options.LocalId))
        {
            return Error(OpenSubcode.BadBgpIdentifier, $"the BGP identifier {open.RouterId} cannot be the peer's");
        }

        if (open.HoldTime > TimeSpan.Zero && open.HoldTime < ShortestHoldTime)
        {
            return Error(OpenSubcode.UnacceptableHoldTime, $"a hold time of {open.HoldTime.TotalSeconds} s");
        }

        return CommonFamilies(options, open).Count == 0 ? NoCommonFamily(options) : null;
    }

    /// <summary>What holds after an OPEN in which <see cref="FindProblem"/> found nothing.</summary>
    public static NegotiatedSession Negotiate(SessionOptions options, OpenMessage open)
    {
        var families = CommonFamilies(options, open);
        // RFC 4271 §4.2: the smaller hold time; 0 from either side is the smaller.
        var hold = open.HoldTime < options.HoldTime ? open.HoldTime : options.HoldTime;
        var third = hold / 3; // RFC 4271 §4.4
        return new NegotiatedSession
        {
            PeerAsn = open.Asn,
            PeerId = open.RouterId,
            IsInternal = options.PeerType is PeerType.Internal,
            Families = families,
            FourOctetAs = open.Capabilities.Items.OfType<FourOctetAsCapability>().Any(),
            RouteRefresh = open.Capabilities.Items.OfType<RouteRefreshCapability>().Any(),
            HoldTime = hold,
            Keepalive = options.Keepalive is { } wished && wished > TimeSpan.Zero && wished < third ? wished : third,
            PeerGracefulRestart = options.GracefulRestart is null ? null : CutDown(open, families),
        };
    }

    private static bool IsExpectedAs(SessionOptions options, Asn asn) =>
        (options.PeerAsn is null || asn == options.PeerAsn) && (asn == options.LocalAsn) == (options.PeerType is PeerType.Internal);

    private static IEnumerable<MultiprotocolCapability> OurFamilies(SessionOptions options) =>
        options.Families.Select(family => new MultiprotocolCapability(family));

    /// <summary>In our order. A peer without the capability speaks IPv4 unicast (RFC 4760 §8); one named twice counts once.</summary>
    private static ValueList<AddressFamily> CommonFamilies(SessionOptions options, OpenMessage open)
    {
        var theirs = open.Capabilities.Items.OfType<MultiprotocolCapability>().Select(capability => capability.Family).ToHashSet();
        if (theirs.Count == 0)
        {
            theirs.Add(AddressFamily.Ipv4Unicast);
        }

        return options.Families.Where(theirs.Contains).Distinct().ToValueList();
    }

    /// <summary>RFC 5492 §3, §5: the data are the capabilities that we would have needed.</summary>
    private static DecodeError NoCommonFamily(SessionOptions options)
    {
        var data = new ArrayBufferWriter<byte>();
        foreach (var family in OurFamilies(options))
        {
            CapabilityCodec.Encode(family, data);
        }

        return new(NotificationMessage.Open(OpenSubcode.UnsupportedCapability, data.WrittenSpan), "no address family in common");
    }

    /// <summary>RFC 4724 §3: of several capabilities the last counts. Families that were not negotiated will never send End-of-RIB.</summary>
    private static GracefulRestartCapability? CutDown(OpenMessage open, ValueList<AddressFamily> families) =>
        open.Capabilities.Items.OfType<GracefulRestartCapability>().LastOrDefault() is { } restart
            ? restart with { Families = restart.Families.Where(item => families.Items.Contains(item.Family)).ToValueList() }
            : null;

    private static DecodeError Error(OpenSubcode subcode, string reason) => new(NotificationMessage.Open(subcode), reason);
}
