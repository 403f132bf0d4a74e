using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Reconciliation.Compilation;

/// <summary>A peer as selectors see it.</summary>
internal sealed record SelectablePeer(PeerKey Key, string Name, ValueList<Label> Labels, ValueList<AddressFamily> Families)
{
    public static SelectablePeer Of(PeerIntent peer) =>
        new(peer.Options.Key, peer.Options.Name, peer.Labels, peer.Families.Select(family => family.Family).ToValueList());

    public bool IsSelectedBy(PeerSelector selector) => selector.IsAll
        || selector.Names.Items.Contains(Name)
        || (!selector.Labels.IsEmpty && selector.Labels.All(label => Labels.Items.Contains(label)));
}

/// <summary>One wish for a prefix before it is weighed against the others: of an advertisement, or of a peer that gets a default route.</summary>
internal sealed record AdvertisementCandidate(IpPrefix Prefix, Intent Source, PeerSelector Selector, AdvertisedAttributes Attributes)
{
    public bool Blackhole { get; init; }

    /// <summary>False while the condition of the advertisement does not hold.</summary>
    public bool Holds { get; init; } = true;

    public bool IsScoped => !Selector.IsAll;

    public static AdvertisementCandidate Of(AdvertisementIntent wish, bool holds) =>
        new(wish.Prefix, wish, wish.Peers, wish.Attributes) { Blackhole = wish.Blackhole, Holds = holds };

    /// <summary>The default routes that a peer asks to be sent, one for each of its families.</summary>
    public static IEnumerable<AdvertisementCandidate> DefaultsFor(PeerIntent peer) => peer.DefaultOriginate
        ? peer.Families.Select(family => new AdvertisementCandidate(
            new IpPrefix(family.Family.IsIPv6 ? IpAddr.FromIPv6(0) : IpAddr.FromIPv4(0), 0),
            peer,
            new PeerSelector([peer.Options.Name], []),
            new AdvertisedAttributes()))
        : [];
}
