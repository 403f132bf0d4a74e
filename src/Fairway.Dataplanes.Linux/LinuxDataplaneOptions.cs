namespace Fairway.Dataplanes.Linux;

/// <summary>Where our routes stand in the kernel (design D7).</summary>
public sealed record LinuxDataplaneOptions
{
    /// <summary>Routing table; 254 is main.</summary>
    public uint Table { get; init; } = 254;

    /// <summary>Metric (priority) of every route of ours; the smaller wins among routes to the same prefix.</summary>
    public uint Metric { get; init; } = 20;

    /// <summary>Protocol number that marks our routes.</summary>
    public byte Protocol { get; init; } = 196;

    /// <summary>Where an earlier run kept them: they are counted as duplicates, and move.</summary>
    public RoutePlace? Previous { get; init; }

    /// <summary>How many bytes of kernel messages may wait for us; lost ones cost a complete read.</summary>
    internal int EventBufferBytes { get; init; } = 8 * 1024 * 1024;

    internal RoutePlace Place => new(Table, Metric, Protocol);

    /// <summary>Everything that is wrong with these options, as sentences that say what to do.</summary>
    public IEnumerable<string> Problems()
    {
        // linux/rtnetlink.h: unspec, redirect, kernel, boot, static; ra, zebra, bird, dhcp, babel and keepalived use theirs likewise.
        if (Protocol is <= 4 or 9 or 11 or 12 or 16 or 18 or 42)
            yield return $"dataplane.protocol: {Protocol} marks routes of others (the kernel, the administrator or another daemon); choose a number of our own, e.g. 196.";

        // 0 means "any" in requests; 255 holds the host's own addresses.
        if (Table is 0 or 255)
            yield return $"dataplane.table: {Table} is not a table for routes; 254 is the main table.";

        // IPv6 takes 0 for 1024, and a removal that names metric 0 means any.
        if (Metric == 0)
            yield return "dataplane.metric: 0 stands for \"any\" in the kernel's requests; choose 1 or more, e.g. 20.";
    }
}
