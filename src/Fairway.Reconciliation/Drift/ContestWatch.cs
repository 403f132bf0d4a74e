namespace Fairway.Reconciliation.Drift;

/// <summary>Notices a second writer: an object that is undone three times in a minute is contested (design D6). Owned by one loop.</summary>
public sealed class ContestWatch<TKey>(TimeProvider time)
    where TKey : notnull
{
    /// <summary>How often within <see cref="Window"/>.</summary>
    public const int Times = 3;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<TKey, List<DateTimeOffset>> _undone = [];
    private readonly HashSet<TKey> _contested = [];

    public bool IsContested(TKey key) => _contested.Contains(key);

    /// <summary>Somebody undid it once more.</summary>
    /// <returns>Whether it is contested now.</returns>
    public bool Undone(TKey key)
    {
        var now = time.GetUtcNow();
        var times = _undone.TryGetValue(key, out var known) ? known : _undone[key] = [];
        times.RemoveAll(at => now - at > Window);
        times.Add(now);
        if (times.Count >= Times)
        {
            _contested.Add(key);
        }

        return IsContested(key);
    }

    /// <summary>The wish changed, or the other gave in.</summary>
    public void Settle(TKey key)
    {
        _contested.Remove(key);
        _undone.Remove(key);
    }

    /// <summary>Drops what was undone long ago.</summary>
    public void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var key in _undone.Where(entry => now - entry.Value[^1] > Window).Select(entry => entry.Key).ToList())
        {
            _undone.Remove(key);
        }
    }
}
