using System.CommandLine;
using Fairway.Agent;
using Fairway.Cli.Commands;

namespace Fairway.Cli;

/// <summary>The command line, with what every command has in common: how it ends when something goes wrong.</summary>
internal static class FairwayCli
{
    // Stopping an agent lasts as long as its own timeout says, at most a minute; the default of 2 s would cut it short.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(65);

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var invocation = new InvocationConfiguration
        {
            ProcessTerminationTimeout = TerminationTimeout,
            EnableDefaultExceptionHandler = false,
            Output = output,
            Error = error,
        };
        try
        {
            return await CreateRoot().Parse(args).InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Error; // Ctrl+C
        }
        catch (Exception problem) when (problem is AgentException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"fairway: {problem.Message}");
            return ExitCode.Error;
        }
        catch (Exception defect)
        {
            await error.WriteLineAsync($"fairway: this is a defect of Fairway, not of what you did; please report it with these lines:\n{defect}");
            return ExitCode.Error;
        }
    }

    private static RootCommand CreateRoot() => new("Fairway, the routing agent for a Linux node")
    {
        AgentCommand.Create(),
        LabCommand.Create(),
        ReadCommands.Status(),
        ReadCommands.Peers(),
        ReadCommands.Prefixes(),
        ReadCommands.Routes(),
        ReadCommands.Drift(),
        ExplainCommand.Create(),
        PlanCommand.Create(),
        ValidateCommand.Create(),
    };
}
