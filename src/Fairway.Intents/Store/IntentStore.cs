using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Intents.Store;

/// <summary>
/// What every owner wishes. One loop changes it; anyone may read <see cref="Snapshot"/>. Bounded per owner: wishes beyond the bound leave the
/// earlier ones of that owner standing.
/// </summary>
public sealed class IntentStore(TimeProvider time, int maxIntentsPerOwner = 1_000_000)
{
    private readonly Dictionary<Owner, Dictionary<IntentKey, Intent>> _owners = [];
    private volatile IntentSnapshot _snapshot = IntentSnapshot.Empty;

    public IntentSnapshot Snapshot => _snapshot;

    /// <summary>
    /// Makes these the only wishes of <paramref name="owner"/>. A wish keeps the time at which it was first taken, over edits too; a time that
    /// it brings along counts for a new one.
    /// </summary>
    public IntentChange Replace(Owner owner, IReadOnlyCollection<Intent> intents)
    {
        ArgumentNullException.ThrowIfNull(intents);
        if (intents.Count > maxIntentsPerOwner)
        {
            return new([], $"{owner} wishes for {intents.Count} things, more than the {maxIntentsPerOwner} that are allowed; its earlier wishes stand");
        }

        var before = _owners.GetValueOrDefault(owner) ?? [];
        var after = new Dictionary<IntentKey, Intent>(intents.Count);
        var changes = new Dictionary<IntentKey, Intent?>();
        foreach (var intent in intents)
        {
            var kept = before.GetValueOrDefault(intent.Key);
            var stamped = Stamp(owner, intent, kept);
            after.Add(intent.Key, stamped);
            if (!ReferenceEquals(stamped, kept))
            {
                changes.Add(intent.Key, stamped);
            }
        }

        foreach (var gone in before.Keys.Where(key => !after.ContainsKey(key)))
        {
            changes.Add(gone, null);
        }

        _owners[owner] = after;
        _snapshot = _snapshot.With(changes);
        return new([.. changes.Keys]);
    }

    /// <summary>The wish with its time; the very object that is kept already when nothing differs.</summary>
    private Intent Stamp(Owner owner, Intent intent, Intent? kept)
    {
        if (ReferenceEquals(intent, kept))
        {
            return kept;
        }

        if (intent.Key.Owner != owner)
        {
            throw new ArgumentException($"{intent.Key} is not a wish of {owner}.", nameof(intent));
        }

        var since = kept?.AcceptedAt ?? (intent.AcceptedAt == default ? time.GetUtcNow() : intent.AcceptedAt);
        var stamped = intent.AcceptedAt == since ? intent : intent with { AcceptedAt = since };
        return stamped.Equals(kept) ? kept : stamped;
    }
}
