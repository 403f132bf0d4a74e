namespace Fairway.Bgp.Rib.Tables;

/// <summary>Entries of one size, named by ids that are used again after <see cref="Free"/>. Id 0 is never given out and means "none".</summary>
internal sealed class Slab<T>
    where T : unmanaged
{
    private readonly PagedArray<T> _entries = new();
    private readonly Stack<uint> _free = new();

    /// <summary>Every id in use is below this.</summary>
    public uint HighWater { get; private set; } = 1;

    public int Count => (int)HighWater - 1 - _free.Count;

    public ref T this[uint id] => ref _entries[id];

    public uint Add(T value)
    {
        if (!_free.TryPop(out var id))
        {
            id = HighWater++;
            _entries.EnsureLength(HighWater);
        }

        _entries[id] = value;
        return id;
    }

    /// <summary>The entry becomes <c>default</c>.</summary>
    public void Free(uint id)
    {
        _entries[id] = default;
        _free.Push(id);
    }
}
