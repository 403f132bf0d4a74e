namespace Fairway.Bgp.Rib.Groups;

/// <summary>A prefix changed: what its value was before. Older and newer entries of the same prefix are linked by position + 1; 0 means none.</summary>
internal struct UpdateLogEntry
{
    public uint Prefix;
    public ExportValue Before;
    public int Older;
    public int Newer;
}
