using System.ComponentModel;
using System.Diagnostics;

namespace Fairway.Grpc.Tests;

/// <summary>A program that Debian brings; a test without it fails and says how to get it.</summary>
internal sealed class ForeignProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private ForeignProgram(string name, string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new InvalidOperationException($"{name} is missing: run ./test.sh, which installs it", cause);
        }

        errors = process.StandardError.ReadToEndAsync();
    }

    public static ForeignProgram Start(string name, params string[] arguments) => new(name, arguments);

    /// <summary>Runs it to its end and gives what it printed.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        await using var program = new ForeignProgram(name, arguments);
        var output = await program.process.StandardOutput.ReadToEndAsync().OrHang();
        await program.process.WaitForExitAsync().OrHang();
        return program.process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{name} ended with {program.process.ExitCode}: {output}{await program.errors}");
    }

    /// <summary>The next line that it prints.</summary>
    public async Task<string> ReadLineAsync() => await process.StandardOutput.ReadLineAsync().OrHang()
        ?? throw new InvalidOperationException($"{process.StartInfo.FileName} ended: {await errors}");

    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().OrHang();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }
}
