namespace Fairway.Agent.State;

/// <summary>What tells one boot and one network namespace from another.</summary>
internal static class HostIdentity
{
    public static string? BootId() => Try(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>"net:[4026531840]".</summary>
    public static string? NetworkNamespace() => Try(() => new FileInfo("/proc/self/ns/net").LinkTarget);

    private static string? Try(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
