using System.Runtime.InteropServices;
using Fairway.Bgp.Rib.Tables;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>
/// Changes of a group's routes, oldest first, with a cursor per member. The invariant everything stands on: <b>a member's table is exactly the
/// group's table as it was at the member's cursor</b>. An entry holds the value before it, so that the table at any cursor can be told: it is the
/// value before the prefix's first entry at or after the cursor, or the current one. Two changes of a prefix are one entry unless a cursor stands
/// between them; so a member that lags holds at most one entry per prefix, and is served the newest state.
/// </summary>
internal sealed class UpdateLog(FamilyTable table, ExportValues values)
{
    private readonly List<UpdateLogEntry> _entries = [];
    private readonly PagedArray<ExportValue> _current = new();

    // Newest entry of each prefix, as position + 1.
    private readonly PagedArray<int> _newest = new();

    // No cursor is beyond this; it may be too high, which costs an entry and is never wrong.
    private int _highestCursor;
    private int _lengthAfterCompaction;

    /// <summary>The position after the last entry: a member here is up to date.</summary>
    public int End => _entries.Count;

    /// <summary>Counts changes of current values: while it stands still, a dump reads the same.</summary>
    public long Changes { get; private set; }

    /// <summary>Counts what happens to entries after they were added: while it stands still, positions and entries mean the same.</summary>
    public long Rewrites { get; private set; }

    /// <summary>Time for <see cref="Compact"/>: the log has doubled since.</summary>
    public bool IsLong => _entries.Count > 1024 + (2 * _lengthAfterCompaction);

    public ExportValue Current(uint prefix) => prefix < _current.Length ? _current[prefix] : default;

    /// <summary>The value of a prefix in the table of a member whose cursor is <paramref name="cursor"/>.</summary>
    public ExportValue At(int cursor, uint prefix)
    {
        var first = 0;
        for (var entry = Newest(prefix); entry > cursor; entry = _entries[entry - 1].Older)
            first = entry;
        return first == 0 ? Current(prefix) : _entries[first - 1].Before;
    }

    /// <summary>The value of the prefix just after the entry at <paramref name="position"/>.</summary>
    public ExportValue After(int position)
    {
        var entry = _entries[position];
        return entry.Newer == 0 ? Current(entry.Prefix) : _entries[entry.Newer - 1].Before;
    }

    public UpdateLogEntry this[int position] => _entries[position];

    /// <summary>A member's cursor came to this position.</summary>
    public void Reached(int cursor) => _highestCursor = Math.Max(_highestCursor, cursor);

    /// <summary>Sets a value before anybody has seen the prefix: the filling of a new group. Takes over the value's use.</summary>
    public void Fill(uint prefix, ExportValue value) => Store(prefix, value);

    /// <summary>Changes a value and takes over its use. Nothing happens when it is the same already.</summary>
    public void Change(uint prefix, ExportValue value)
    {
        var before = Current(prefix);
        if (before == value)
        {
            values.Release(value);
            return;
        }

        Changes++;
        Append(prefix, before);
        Store(prefix, value);
    }

    /// <summary>
    /// Joins the entry with the next newer one of its prefix, for a member that stands before it while no cursor stands between the two: so a
    /// member that lags is served the newest state. False when one does, or when there is no newer entry.
    /// </summary>
    public bool JoinWithNewer(int position, List<GroupMember> members)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        ref var entry = ref entries[position];
        var newer = entry.Newer - 1;
        if (newer < 0 || members.Exists(member => member.Cursor > position && member.Cursor <= newer))
            return false;
        values.Release(entries[newer].Before);
        entries[newer].Before = entry.Before;
        entries[newer].Older = entry.Older;
        if (entry.Older != 0)
            entries[entry.Older - 1].Newer = newer + 1;
        table.Release(entry.Prefix);
        entry = default;
        Rewrites++;
        return true;
    }

    /// <summary>Drops entries that every cursor has passed, and joins entries of one prefix that no cursor stands between. Moves the cursors.</summary>
    public void Compact(Span<int> cursors)
    {
        var old = _entries.ToArray();
        _entries.Clear();
        foreach (ref readonly var entry in old.AsSpan())
            _newest[entry.Prefix] = 0;

        var order = cursors.ToArray();
        Array.Sort(order);
        var moved = new int[cursors.Length];
        var (passed, intervalStart) = (0, 0);
        for (var position = 0; position <= old.Length; position++)
        {
            while (passed < order.Length && order[passed] == position)
            {
                intervalStart = _entries.Count;
                moved[passed++] = intervalStart;
            }

            if (position < old.Length)
                Keep(old[position], passed > 0, intervalStart);
        }

        for (var i = 0; i < cursors.Length; i++)
            cursors[i] = moved[Array.IndexOf(order, cursors[i])];
        _highestCursor = moved.Length == 0 ? 0 : moved[^1];
        _lengthAfterCompaction = _entries.Count;
        Rewrites++;
    }

    /// <summary>For tests: forgets a value without a word to anybody, as a defect would.</summary>
    public void Corrupt(uint prefix) => Store(prefix, default);

    /// <summary>Gives back everything the log holds.</summary>
    public void Clear()
    {
        foreach (var entry in _entries)
            Drop(entry);
        _entries.Clear();
        for (uint prefix = 0; prefix < _current.Length; prefix++)
            Store(prefix, default);
    }

    private void Append(uint prefix, ExportValue before)
    {
        var older = Newest(prefix);
        if (older > _highestCursor)
            return; // nobody has passed the older entry: it stands for this change as well
        values.Hold(before);
        _entries.Add(new() { Prefix = table.Hold(prefix), Before = before, Older = older });
        Link(prefix, older);
    }

    private void Keep(in UpdateLogEntry entry, bool isNeeded, int intervalStart)
    {
        var older = _newest[entry.Prefix];
        if (!isNeeded || entry.Prefix == 0 || older > intervalStart)
        {
            Drop(entry);
            return;
        }

        _entries.Add(entry with { Older = older, Newer = 0 });
        Link(entry.Prefix, older);
    }

    private void Link(uint prefix, int older)
    {
        if (older != 0)
            CollectionsMarshal.AsSpan(_entries)[older - 1].Newer = _entries.Count;
        _newest.EnsureLength(prefix + 1);
        _newest[prefix] = _entries.Count;
    }

    private void Drop(in UpdateLogEntry entry)
    {
        if (entry.Prefix == 0)
            return;
        values.Release(entry.Before);
        table.Release(entry.Prefix);
    }

    // A prefix with a value is in use.
    private void Store(uint prefix, ExportValue value)
    {
        _current.EnsureLength(prefix + 1);
        ref var current = ref _current[prefix];
        if (current == value)
            return;
        if (current == default)
            table.Hold(prefix);
        else
            values.Release(current);
        var isGone = value == default;
        current = value;
        if (isGone)
            table.Release(prefix);
    }

    private int Newest(uint prefix) => prefix < _newest.Length ? _newest[prefix] : 0;
}
