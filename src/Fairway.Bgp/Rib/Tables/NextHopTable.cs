using Fairway.Net.NextHops;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>Next hops in use. An entry lives while it has paths.</summary>
internal sealed class NextHopTable(INextHopResolver resolver)
{
    private readonly List<NextHopEntry?> _entries = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<NextHopKey, NextHopEntry> _byKey = [];
    private readonly Dictionary<NextHopQuery, List<NextHopEntry>> _byQuery = [];

    public NextHopEntry this[int index] => _entries[index]!;

    public IEnumerable<NextHopEntry> Entries => _byKey.Values;

    public IReadOnlyList<NextHopEntry> Find(NextHopQuery query) => _byQuery.TryGetValue(query, out var entries) ? entries : [];

    public NextHopEntry FindOrAdd(NextHopKey key)
    {
        if (_byKey.TryGetValue(key, out var entry))
            return entry;
        entry = new NextHopEntry(_free.TryPop(out var index) ? index : _entries.Count, key);
        if (entry.Index == _entries.Count)
            _entries.Add(entry);
        else
            _entries[entry.Index] = entry;
        _byKey.Add(key, entry);
        if (key.Query is { } query)
        {
            entry.Resolution = resolver.Resolve(query);
            if (!_byQuery.TryGetValue(query, out var same))
                _byQuery[query] = same = [];
            same.Add(entry);
        }

        return entry;
    }

    public void Remove(NextHopEntry entry)
    {
        _byKey.Remove(entry.Key);
        _entries[entry.Index] = null;
        _free.Push(entry.Index);
        if (entry.Query is { } query && _byQuery[query] is var same && same.Remove(entry) && same.Count == 0)
            _byQuery.Remove(query);
    }
}
