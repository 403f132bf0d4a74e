using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Intents.Store;

namespace Fairway.Intents.Policy;

/// <summary>
/// What policy answered to a snapshot. Advertisements are all accepted here: which of two counts shows only once their selectors are expanded to
/// peers, which compiling for the speaker does with the same <see cref="IntentRanking"/>.
/// </summary>
public sealed record Evaluation(IntentSnapshot Snapshot, ImmutableDictionary<IntentKey, Verdict> Displaced)
{
    public static readonly Evaluation Empty = new(IntentSnapshot.Empty, ImmutableDictionary<IntentKey, Verdict>.Empty);

    /// <summary>Everything that counts.</summary>
    public IEnumerable<Intent> Accepted => Snapshot.All.Where(IsAccepted);

    /// <summary>The one instance that counts.</summary>
    public BgpInstanceIntent? Instance => Snapshot.Instances.FirstOrDefault(IsAccepted);

    public IEnumerable<PeerIntent> Peers => Snapshot.Peers.Where(IsAccepted);

    public IEnumerable<RoutePolicyIntent> RoutePolicies => Snapshot.RoutePolicies;

    public IEnumerable<AdvertisementIntent> Advertisements => Snapshot.Advertisements;

    public Verdict VerdictOf(IntentKey key) => Displaced.GetValueOrDefault(key) ?? Verdict.Accepted;

    private bool IsAccepted(Intent intent) => !Displaced.ContainsKey(intent.Key);
}
