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
}
