namespace Fairway.Bgp.Rib.Groups;

/// <summary>
/// A prefix changed: what its value was before. Older and newer entries of the same prefix are linked by position + 1; 0 means none.
/// <c>default</c> is an entry that was joined with a newer one.
/// </summary>
internal struct UpdateLogEntry
{
    public uint Prefix;
    public ExportValue Before;
    public int Older;
    public int Newer;
}
