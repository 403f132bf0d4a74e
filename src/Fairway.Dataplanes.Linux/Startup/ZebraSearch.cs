namespace Fairway.Dataplanes.Linux.Startup;

/// <summary>
/// Looks for FRR's zebra in our network namespace. It takes the protocols 186 to 198 for its own: it adopts such routes when it
/// starts and deletes them when it stops.
/// </summary>
internal static class ZebraSearch
{
    public static bool IsZebraProtocol(byte protocol) => protocol is >= 186 and <= 198;

    /// <summary>The process id of a zebra in the network namespace of the calling thread, or null.</summary>
    public static int? Find()
    {
        var ours = NetworkNamespace("thread-self");
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var process = Path.GetFileName(folder);
            if (int.TryParse(process, out var id) && Command(process) == "zebra" && ours is not null && NetworkNamespace(process) == ours)
                return id;
        }

        return null;
    }

    // Processes come and go while we look, and some are not ours to look at.
    public static string? Command(string process) => TryRead(() => File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n'));

    private static string? NetworkNamespace(string process) => TryRead(() => new FileInfo($"/proc/{process}/ns/net").LinkTarget);

    private static string? TryRead(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
