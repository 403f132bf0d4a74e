using System.Diagnostics;

namespace Fairway.Interop.Rig;

/// <summary>Finds and runs the programs the rig stands on.</summary>
internal static class Tool
{
    // FRR keeps its daemons away from PATH; a plain user's PATH lacks the sbin folders.
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin", "/usr/lib/frr"];

    /// <summary>The full path of a program; a missing one fails the test with the cure, it never skips it.</summary>
    public static string Find(string program)
    {
        if (Path.IsPathRooted(program))
            return program;
        return Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new MissingToolException($"'{program}' is not installed: run ./test.sh");
    }

    /// <summary>Runs a program to its end and returns its standard output; a failure carries everything it said.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            var command = $"{program} {string.Join(' ', arguments)}";
            throw new CommandFailedException($"{command}: exit code {process.ExitCode}\n{output}{error.Result}");
        }
        return output;
    }
}
