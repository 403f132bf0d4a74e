namespace Fairway.Cli.Tests;

/// <summary>Runs the command line in this process.</summary>
internal static class CommandLine
{
    public static async Task<CommandResult> RunAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await FairwayCli.RunAsync(args, output, error, CancellationToken.None);
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}

internal sealed record CommandResult(int ExitCode, string Output, string Error);
