using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Compilation;

/// <summary>Accepted intents as the speaker is to carry them out, with what became of each.</summary>
public sealed record CompiledSpeaker
{
    public static readonly CompiledSpeaker Empty = new();

    public SpeakerState Desired { get; init; } = SpeakerState.Empty;

    /// <summary>The instance intent behind <see cref="Desired"/>; without one nothing is wanted of the speaker.</summary>
    public BgpInstanceIntent? Instance { get; init; }

    /// <summary>Who wished for each peer.</summary>
    public ImmutableDictionary<PeerKey, PeerIntent> Peers { get; init; } = ImmutableDictionary<PeerKey, PeerIntent>.Empty;

    /// <summary>All wished prefixes, also those that are not advertised now.</summary>
    public ImmutableDictionary<IpPrefix, CompiledPrefix> Prefixes { get; init; } = ImmutableDictionary<IpPrefix, CompiledPrefix>.Empty;

    /// <summary>Prefixes that want an unreachable route of ours.</summary>
    public ImmutableHashSet<IpPrefix> Blackholes { get; init; } = [];

    /// <summary>Prefixes whose being learned or not decides over an advertisement: compile again when that changes.</summary>
    public ImmutableHashSet<IpPrefix> Watched { get; init; } = [];

    /// <summary>Peers that ask for something that is not there, and what; they are carried out as far as is safe.</summary>
    public ImmutableDictionary<IntentKey, Verdict> Lacking { get; init; } = ImmutableDictionary<IntentKey, Verdict>.Empty;

    /// <summary>Prefixes that differ from what the same compiler returned before.</summary>
    public ImmutableArray<IpPrefix> Changed { get; init; } = [];

    /// <summary>What became of an intent that policy accepted. An accepted peer may still carry a reason: what it lacks.</summary>
    public Verdict VerdictOf(Intent intent) => intent switch
    {
        PeerIntent or AdvertisementIntent when Instance is null => NoInstance,
        PeerIntent peer => Lacking.GetValueOrDefault(peer.Key) ?? Verdict.Accepted,
        AdvertisementIntent wish => WishOf(wish)?.Verdict ?? Verdict.Accepted,
        _ => Verdict.Accepted,
    };

    /// <summary>The peers to which an advertisement goes: those it selects, less those for which another wish counts.</summary>
    public ValueList<PeerKey> TargetsOf(AdvertisementIntent wish) => WishOf(wish)?.Targets ?? [];

    private static readonly Verdict NoInstance = new(VerdictKind.Refused, VerdictReason.NoInstance, "there is no BgpInstance");

    private CompiledWish? WishOf(AdvertisementIntent wish) => Prefixes.GetValueOrDefault(wish.Prefix)?.Wishes.GetValueOrDefault(wish.Key);
}
