using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fairway.Interop.Rig;

/// <summary>A long-running program in a namespace: its output is kept, it ends by its own process id.</summary>
internal sealed partial class LabProcess : IDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(20);
    private readonly Process process;
    private readonly List<string> output = [];
    private readonly List<string> error = [];

    /// <summary>Starts the command in the namespace. <c>ip netns exec</c> becomes the program, so that the id is its own.</summary>
    public LabProcess(string @namespace, params string[] command)
    {
        Name = Path.GetFileName(command[0]);
        var start = new ProcessStartInfo(Tool.Find("ip"), ["netns", "exec", @namespace, Tool.Find(command[0]), .. command[1..]])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Only after <see cref="HasExited"/>.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Standard output so far.</summary>
    public IReadOnlyList<string> Output => Copy(output);

    /// <summary>Standard error so far.</summary>
    public IReadOnlyList<string> Error => Copy(error);

    /// <summary>kill -9: the program has no chance to say goodbye.</summary>
    public Task KillAsync() => SignalAsync(SigKill);

    /// <summary>SIGTERM, then waits for the end; a program that stays is a failure.</summary>
    public Task TerminateAsync() => SignalAsync(SigTerm);

    /// <summary>Waits until the program has ended by itself and returns its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(ExitPatience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Name} ({Id}) has not ended within {ExitPatience.TotalSeconds:0} s");
        }
        return process.ExitCode;
    }

    /// <summary>Everything it said, for a failed test's report.</summary>
    public string Describe()
    {
        var state = HasExited ? $"exited with {process.ExitCode}" : "running";
        return string.Join('\n', [$"--- {Name} ({Id}, {state})", .. Output.TakeLast(100), .. Error.TakeLast(100)]);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill(process.Id);
            process.WaitForExit();
        }
        process.Dispose();
    }

    internal static void Kill(int pid) => _ = Send(pid, SigKill);

    private Task<int> SignalAsync(int signal)
    {
        if (!process.HasExited)
            _ = Send(process.Id, signal);
        return WaitForExitAsync();
    }

    private static void Keep(List<string> lines, string? line)
    {
        if (line is null)
            return;
        lock (lines)
            lines.Add(line);
    }

    private static string[] Copy(List<string> lines)
    {
        lock (lines)
            return [.. lines];
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
