using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>What a speaker should do, was last told, or is seen doing: one type for desired, applied and observed.</summary>
public sealed record SpeakerState
{
    public static readonly SpeakerState Empty = new();

    public BgpInstanceOptions? Instance { get; init; }

    public ImmutableDictionary<PeerKey, PeerOptions> Peers { get; init; } = ImmutableDictionary<PeerKey, PeerOptions>.Empty;

    public ImmutableDictionary<IpPrefix, AdvertisedPrefix> Advertisements { get; init; } = ImmutableDictionary<IpPrefix, AdvertisedPrefix>.Empty;

    /// <summary>The state once <paramref name="change"/> is carried out.</summary>
    public SpeakerState After(SpeakerChange change) => change switch
    {
        SpeakerChange.Instance { After: var after } => this with { Instance = after },
        SpeakerChange.Peer { After: null, Key: var key } => this with { Peers = Peers.Remove(key) },
        SpeakerChange.Peer { After: { } after, Key: var key } => this with { Peers = Peers.SetItem(key, after) },
        SpeakerChange.Advertisement { After: null, Prefix: var prefix } => this with { Advertisements = Advertisements.Remove(prefix) },
        SpeakerChange.Advertisement { After: { } after, Prefix: var prefix } => this with { Advertisements = Advertisements.SetItem(prefix, after) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
