using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Intents.Tests;

/// <summary>Short ways to write intents.</summary>
internal static class Wishes
{
    public static readonly Owner Files = Owner.FilesFairway;
    public static readonly Owner Cli = new("api/cli");
    public static readonly Owner Nova = new("routecontrol/novaedge");
    public static readonly Owner Other = new("routecontrol/other");

    public static BgpInstanceIntent Instance(Owner owner, string name, uint asn = 64496, int at = 0) => new()
    {
        Key = new(owner, IntentType.BgpInstance, name),
        Origin = new("BgpInstance", name),
        Asn = new(asn),
        AcceptedAt = At(at),
    };

    public static PeerIntent Peer(Owner owner, string name, string address = "192.0.2.1", uint asn = 64511, int at = 0) => new()
    {
        Key = new(owner, IntentType.Peer, name),
        Origin = new("BgpPeer", name, "peers.yaml", 7),
        RemoteAs = new(RemoteAsKind.Number, new(asn)),
        Families = [new(AddressFamily.Ipv4Unicast, [], [])],
        Options = new() { Name = name, Key = new(IpAddr.Parse(address, null)) },
        AcceptedAt = At(at),
    };

    public static RoutePolicyIntent NamedPolicy(Owner owner, string name) => new()
    {
        Key = new(owner, IntentType.RoutePolicy, name),
        Origin = new("RoutePolicy", name),
        Policy = new(name),
    };

    public static AdvertisementIntent Advertisement(Owner owner, string name, string prefix) => new()
    {
        Key = new(owner, IntentType.Advertisement, $"{name}/{prefix}"),
        Origin = new("Advertisement", name),
        Prefix = IpPrefix.Parse(prefix),
    };

    private static DateTimeOffset At(int seconds) => seconds == 0 ? default : new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
}
