using System.Globalization;

namespace Fairway.Interop.Rig;

/// <summary>
/// Collects <c>ip monitor route</c> of a namespace. It counts as started once it has shown a marker route, and
/// each question first waits for another marker, so that no earlier message can still be on its way.
/// </summary>
internal sealed class RouteMonitor
{
    private const string MarkerTable = "4242";
    private readonly LabNode node;
    private readonly LabProcess process;
    private int markers;
    private int first;

    private RouteMonitor(LabNode node)
    {
        this.node = node;
        process = node.Start("ip", "-N", "-ts", "monitor", "route");
    }

    public static async Task<RouteMonitor> StartAsync(LabNode node)
    {
        var monitor = new RouteMonitor(node);
        await monitor.ForgetAsync();
        return monitor;
    }

    /// <summary>Leaves out everything seen up to now.</summary>
    public async Task ForgetAsync()
    {
        await CatchUpAsync();
        first = process.Output.Count;
    }

    /// <summary>All lines since the start or the last <see cref="ForgetAsync"/>: "[time] 203.0.113.0/24 via ..." and the like.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync()
    {
        await CatchUpAsync();
        return [.. process.Output.Skip(first).Where(line => !line.Contains($" table {MarkerTable} "))];
    }

    /// <summary>The deletions among them, if <paramref name="about"/> is given those that name it (a prefix, or "proto 196").</summary>
    public async Task<IReadOnlyList<string>> DeletionsAsync(string about = "")
        => [.. (await LinesAsync()).Where(line => line.Contains("Deleted ") && $"{line} ".Contains($"{about} "))];

    private async Task CatchUpAsync()
    {
        // The monitor may not listen yet, so each look makes a marker of its own.
        await Eventually.True(() => Marked(), $"{node.Name}: ip monitor follows", process.Describe);
        // When it starts it looks at every named namespace, and another lab may just be deleting one.
        Assert.True(process.Error.All(line => line.Contains("Peer netns reference is invalid")), $"ip monitor lost messages: {process.Describe()}");
    }

    private bool Marked()
    {
        var marker = string.Create(CultureInfo.InvariantCulture, $"198.18.{markers / 250}.{markers++ % 250}");
        node.Exec("ip", "route", "add", "blackhole", marker, "table", MarkerTable);
        node.Exec("ip", "route", "delete", "blackhole", marker, "table", MarkerTable);
        return SpinWait.SpinUntil(
            () => process.Output.Any(line =>
                line.Contains("Deleted ") && line.Contains($" {marker} table {MarkerTable} ")),
            TimeSpan.FromMilliseconds(500));
    }
}
