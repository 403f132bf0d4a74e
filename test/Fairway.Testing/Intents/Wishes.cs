using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Intents.Store;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Testing.Intents;

/// <summary>Builds intents of owner files/fairway, unless told otherwise, and policy's answer to them.</summary>
public static class Wishes
{
    public static readonly IntentRanking Ranking = new(new PolicyOptions());

    /// <summary>The intents as the store would hold them, with policy's verdicts.</summary>
    public static Evaluation Evaluate(params ReadOnlySpan<Intent> intents)
    {
        var store = new IntentStore(TimeProvider.System);
        foreach (var group in intents.ToArray().GroupBy(intent => intent.Key.Owner))
        {
            store.Replace(group.Key, [.. group]);
        }

        return PolicyEngine.Evaluate(store.Snapshot, new PolicyOptions());
    }

    public static BgpInstanceIntent Instance(uint asn, bool requiresPolicy = false) => new()
    {
        Key = new IntentKey(Owner.FilesFairway, IntentType.BgpInstance, "default"),
        Origin = new IntentOrigin("BgpInstance", "default", "node.yaml", 1),
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Asn = new Asn(asn),
        EbgpRequiresPolicy = requiresPolicy,
    };

    public static PeerIntent Peer(string name, string address, uint asn, params string[] labels) => new()
    {
        Key = new IntentKey(Owner.FilesFairway, IntentType.Peer, name),
        Origin = new IntentOrigin("BgpPeer", name, "peers.yaml", 1),
        AcceptedAt = DateTimeOffset.UnixEpoch,
        RemoteAs = new RemoteAs(RemoteAsKind.Number, new Asn(asn)),
        Labels = labels.Select(label => new Label(label.Split('=')[0], label.Split('=')[1])).ToValueList(),
        Families = [new PeerFamilyIntent(AddressFamily.Ipv4Unicast, [], []), new PeerFamilyIntent(AddressFamily.Ipv6Unicast, [], [])],
        Options = new PeerOptions { Name = name, Key = new PeerKey(IpAddr.Parse(address)) },
    };

    public static AdvertisementIntent Advertisement(string name, string prefix, PeerSelector? peers = null, uint? med = null, string? owner = null) => new()
    {
        Key = new IntentKey(owner is null ? Owner.FilesFairway : new Owner(owner), IntentType.Advertisement, $"{name}/{prefix}"),
        Origin = new IntentOrigin("Advertisement", name, "prefixes.yaml", 1),
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Prefix = IpPrefix.Parse(prefix),
        Peers = peers ?? PeerSelector.All,
        Attributes = new AdvertisedAttributes { Med = med },
    };

    public static RoutePolicyIntent Policy(string name, PolicyVerdict verdict) => new()
    {
        Key = new IntentKey(Owner.FilesFairway, IntentType.RoutePolicy, name),
        Origin = new IntentOrigin("RoutePolicy", name, "policies.yaml", 1),
        AcceptedAt = DateTimeOffset.UnixEpoch,
        Policy = new RoutePolicy(name) { Default = verdict },
    };

    public static PeerSelector Named(params string[] names) => new(names.ToValueList(), []);

    public static PeerSelector Labelled(string key, string value) => new([], [new Label(key, value)]);
}
