namespace Fairway.Bgp.Rib.Tables;

/// <summary>Many short byte strings in large pages; room given back is used for the next string of the same size class.</summary>
internal sealed class ByteSlab
{
    private const int UnitBits = 4;
    private const int PageUnits = 1 << 14;
    private const int PageLength = PageUnits << UnitBits;

    private readonly List<byte[]> _pages = [];
    private readonly Dictionary<int, Stack<uint>> _free = [];
    private int _usedUnits = PageUnits;

    /// <summary>Octets of all pages.</summary>
    public long Capacity => (long)_pages.Count * PageLength;

    /// <summary>Stores a copy; the handle and the length are what <see cref="Get"/> wants.</summary>
    public uint Add(ReadOnlySpan<byte> bytes)
    {
        var handle = Take(Units(bytes.Length));
        bytes.CopyTo(_pages[Page(handle)].AsSpan(Offset(handle)));
        return handle;
    }

    public ReadOnlySpan<byte> Get(uint handle, int length) => _pages[Page(handle)].AsSpan(Offset(handle), length);

    public void Free(uint handle, int length)
    {
        var units = Units(length);
        if (!_free.TryGetValue(units, out var stack))
            _free[units] = stack = new();
        stack.Push(handle);
    }

    private uint Take(int units)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, PageUnits);
        if (_free.TryGetValue(units, out var stack) && stack.TryPop(out var handle))
            return handle;
        if (_usedUnits + units > PageUnits)
        {
            _pages.Add(new byte[PageLength]);
            _usedUnits = 0;
        }

        handle = (uint)(((_pages.Count - 1) * PageUnits) + _usedUnits);
        _usedUnits += units;
        return handle;
    }

    private static int Units(int length) => Math.Max(1, (length + (1 << UnitBits) - 1) >> UnitBits);

    private static int Page(uint handle) => (int)(handle / PageUnits);

    private static int Offset(uint handle) => (int)(handle % PageUnits) << UnitBits;
}
