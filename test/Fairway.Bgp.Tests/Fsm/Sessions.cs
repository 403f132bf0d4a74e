using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Tests.Fsm;

/// <summary>Sessions in each state, for tests to start from.</summary>
internal static class Sessions
{
    public static readonly Asn LocalAsn = new(64496);
    public static readonly Asn PeerAsn = new(64511);
    public static readonly RouterId LocalId = RouterId.Parse("192.0.2.1");
    public static readonly RouterId PeerId = RouterId.Parse("192.0.2.2");

    public static readonly SessionOptions Options = new()
    {
        LocalAsn = LocalAsn,
        LocalId = LocalId,
        PeerAsn = PeerAsn,
        PeerType = PeerType.External,
        GracefulRestart = new(false, TimeSpan.FromSeconds(120), []),
    };

    public static readonly OpenMessage PeerOpen = new()
    {
        MyAs = 64511,
        HoldTime = TimeSpan.FromSeconds(30),
        RouterId = PeerId,
        Capabilities =
        [
            new MultiprotocolCapability(AddressFamily.Ipv4Unicast),
            new MultiprotocolCapability(AddressFamily.Ipv6Unicast),
            new RouteRefreshCapability(),
            new FourOctetAsCapability(PeerAsn),
        ],
    };

    public static BgpSession Idle => new() { Options = Options };

    public static BgpSession Connect => After(Idle, new ManualStart());

    public static BgpSession Active => After(Connect, new ConnectionFailed("refused"));

    public static BgpSession OpenSent => After(Connect, new ConnectionUp());

    public static BgpSession OpenConfirm => After(OpenSent, new MessageReceived(PeerOpen));

    public static BgpSession Established => After(OpenConfirm, new MessageReceived(KeepaliveMessage.Instance));

    public static BgpSession In(BgpState state) => state switch
    {
        BgpState.Idle => Idle,
        BgpState.Connect => Connect,
        BgpState.Active => Active,
        BgpState.OpenSent => OpenSent,
        BgpState.OpenConfirm => OpenConfirm,
        _ => Established,
    };

    public static BgpSession After(BgpSession session, params BgpEvent[] events) =>
        events.Aggregate(session, (current, input) => BgpFsm.Step(current, input).Next);
}
