using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Intents.Store;

/// <summary>All wishes of all owners at one moment.</summary>
public sealed record IntentSnapshot
{
    public static readonly IntentSnapshot Empty = new();

    private readonly ImmutableArray<ImmutableDictionary<IntentKey, Intent>> _byType =
        [.. Enum.GetValues<IntentType>().Select(_ => ImmutableDictionary<IntentKey, Intent>.Empty)];

    private IntentSnapshot()
    {
    }

    private IntentSnapshot(ImmutableArray<ImmutableDictionary<IntentKey, Intent>> byType) => _byType = byType;

    public int Count => _byType.Sum(intents => intents.Count);

    public IEnumerable<Intent> All => _byType.SelectMany(intents => intents.Values);

    public Intent? Find(IntentKey key) => _byType[(int)key.Type].GetValueOrDefault(key);

    public IEnumerable<BgpInstanceIntent> Instances => Of<BgpInstanceIntent>(IntentType.BgpInstance);

    public IEnumerable<PeerIntent> Peers => Of<PeerIntent>(IntentType.Peer);

    public IEnumerable<AdvertisementIntent> Advertisements => Of<AdvertisementIntent>(IntentType.Advertisement);

    public IEnumerable<RoutePolicyIntent> RoutePolicies => Of<RoutePolicyIntent>(IntentType.RoutePolicy);

    /// <summary>The snapshot as it would be if these were the wishes of <paramref name="owner"/>, for plans.</summary>
    public IntentSnapshot WithOwner(Owner owner, IEnumerable<Intent> intents)
    {
        ArgumentNullException.ThrowIfNull(intents);
        var changes = All.Where(intent => intent.Key.Owner == owner).ToDictionary(intent => intent.Key, Intent? (_) => null);
        foreach (var intent in intents)
        {
            changes[intent.Key] = Find(intent.Key) is { } kept ? intent with { AcceptedAt = kept.AcceptedAt } : intent;
        }

        return With(changes);
    }

    /// <summary>The same snapshot with these intents set or, where null, removed.</summary>
    internal IntentSnapshot With(IEnumerable<KeyValuePair<IntentKey, Intent?>> changes)
    {
        var builders = _byType.Select(intents => intents.ToBuilder()).ToArray();
        foreach (var (key, intent) in changes)
        {
            var builder = builders[(int)key.Type];
            if (intent is null)
            {
                builder.Remove(key);
            }
            else
            {
                builder[key] = intent;
            }
        }

        return new([.. builders.Select(builder => builder.ToImmutable())]);
    }

    private IEnumerable<T> Of<T>(IntentType type)
        where T : Intent => _byType[(int)type].Values.Cast<T>();
}
