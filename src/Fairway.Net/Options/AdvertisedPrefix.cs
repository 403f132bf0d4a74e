using Fairway.Net.Routes;

namespace Fairway.Net.Options;

/// <summary>Attributes that an advertisement sets on its own; an absent one is not sent, except LOCAL_PREF to internal peers (100).</summary>
public sealed record AdvertisedAttributes
{
    public Origin Origin { get; init; }

    public uint? LocalPref { get; init; }

    public uint? Med { get; init; }

    public ValueList<Community> Communities { get; init; }

    public ValueList<LargeCommunity> LargeCommunities { get; init; }

    public ValueList<ExtendedCommunity> ExtendedCommunities { get; init; }

    public IpAddr? NextHop { get; init; }

    /// <summary>How often our own AS is prepended in addition, 0 to 255.</summary>
    public int Prepend { get; init; }
}

/// <summary>One wish for a prefix: to these peers (null: all) with these attributes.</summary>
public sealed record AdvertisedAlternative(ValueList<PeerKey>? Peers, AdvertisedAttributes Attributes)
{
    public bool Covers(PeerKey peer) => Peers is not { } peers || peers.Items.Contains(peer);
}

/// <summary>A prefix of our own. For each peer the first alternative that covers it counts; a peer that none covers gets no route of ours.</summary>
public sealed record AdvertisedPrefix(IpPrefix Prefix, ValueList<AdvertisedAlternative> Alternatives);
