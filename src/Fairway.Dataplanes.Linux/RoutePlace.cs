namespace Fairway.Dataplanes.Linux;

/// <summary>Where routes of one owner stand in the kernel: options of the dataplane, never of a route (design D7).</summary>
public readonly record struct RoutePlace(uint Table, uint Metric, byte Protocol)
{
    public override string ToString() => $"protocol {Protocol} metric {Metric} table {Table}";
}
