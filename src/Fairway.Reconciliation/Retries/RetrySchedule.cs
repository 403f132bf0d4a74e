namespace Fairway.Reconciliation.Retries;

/// <summary>When to try again what was refused: later each time, up to a longest pause. Owned by one loop.</summary>
public sealed class RetrySchedule<TKey>(TimeProvider time, TimeSpan first, TimeSpan longest)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Everything that was refused and did not succeed since.</summary>
    public IReadOnlyList<TKey> Waiting => [.. _entries.Keys];

    /// <summary>When the next one is due; null when nothing waits.</summary>
    public DateTimeOffset? NextDue => _entries.Count == 0 ? null : _entries.Values.Min(entry => entry.Due);

    /// <summary>It was refused once more.</summary>
    public void Failed(TKey key)
    {
        var pause = _entries.TryGetValue(key, out var entry) ? Min(entry.Pause * 2, longest) : first;
        _entries[key] = new Entry(pause, time.GetUtcNow() + pause);
    }

    /// <summary>It succeeded, or nobody wants it any more.</summary>
    public void Forget(TKey key) => _entries.Remove(key);

    /// <summary>Waits, and is not due yet.</summary>
    public bool IsHeld(TKey key) => _entries.TryGetValue(key, out var entry) && entry.Due > time.GetUtcNow();

    /// <summary>What caused the refusal may be over: try at once.</summary>
    public void Hasten(TKey key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry with { Due = time.GetUtcNow() };
        }
    }

    /// <summary>What to try now.</summary>
    public IReadOnlyList<TKey> Due()
    {
        var now = time.GetUtcNow();
        return [.. _entries.Where(entry => entry.Value.Due <= now).Select(entry => entry.Key)];
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private readonly record struct Entry(TimeSpan Pause, DateTimeOffset Due);
}
