namespace Fairway.Bgp.Rib.Tables;

/// <summary>
/// An array that grows by pages, so that growing never copies and the pages of plain values stay outside the collector's pointer graph. New
/// entries are <c>default</c>; reading beyond <see cref="Length"/> is a bug.
/// </summary>
internal sealed class PagedArray<T>
    where T : unmanaged
{
    private const int PageBits = 12;
    private const int PageSize = 1 << PageBits;

    private T[][] _pages = [];
    private int _pageCount;

    public uint Length => (uint)_pageCount << PageBits;

    public ref T this[uint index] => ref _pages[index >> PageBits][index & (PageSize - 1)];

    public void EnsureLength(uint length)
    {
        while (Length < length)
        {
            if (_pageCount == _pages.Length)
                Array.Resize(ref _pages, Math.Max(4, _pageCount * 2));
            _pages[_pageCount++] = new T[PageSize];
        }
    }
}
