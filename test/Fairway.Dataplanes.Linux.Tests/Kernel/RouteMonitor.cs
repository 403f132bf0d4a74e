using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

/// <summary>"ip monitor route" of a namespace. Marker routes tell that it listens, and that it has told everything up to now.</summary>
internal sealed class RouteMonitor : IDisposable
{
    private readonly TestNamespace _space;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private int _markers;

    public RouteMonitor(TestNamespace space)
    {
        _space = space;
        _process = Process.Start(new ProcessStartInfo("ip", ["-n", space.Name, "-N", "monitor", "route"]) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        CatchUp();
    }

    public IReadOnlyList<string> Lines()
    {
        CatchUp();
        return [.. _lines];
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void CatchUp() => Assert.True(SpinWait.SpinUntil(Marked, TimeSpan.FromSeconds(20)), "ip monitor does not follow");

    // It may not listen yet: each look makes a marker of its own.
    private bool Marked()
    {
        var marker = $"198.18.0.{_markers++}";
        _space.Ip($"route add blackhole {marker} table 4242");
        return SpinWait.SpinUntil(() => _lines.Any(line => line.Contains($"{marker} ", StringComparison.Ordinal)), TimeSpan.FromMilliseconds(500));
    }
}
