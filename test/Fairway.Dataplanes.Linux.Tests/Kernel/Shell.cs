using System.Diagnostics;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    /// <summary>Standard output; a failure throws with everything the program said.</summary>
    public static string Run(string program, params string[] arguments) => Run("", program, arguments);

    public static string Run(string input, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output.Result}{error.Result}");
        return output.Result;
    }
}
