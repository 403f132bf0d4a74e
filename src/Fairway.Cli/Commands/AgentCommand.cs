using System.CommandLine;
using Fairway.Agent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Fairway.Cli.Commands;

/// <summary>`fairway agent`: runs the agent in this process until SIGTERM or Ctrl+C.</summary>
internal static class AgentCommand
{
    public static Command Create()
    {
        var flags = new AgentFlags();
        var check = new Option<bool>("--check") { Description = "check configuration and documents, then end" };
        var command = new Command("agent", "run the agent of this node") { check };
        flags.AddTo(command);
        command.SetAction(async (parse, token) =>
        {
            var options = flags.Read(parse);
            return parse.GetValue(check)
                ? ValidateCommand.Run(parse, options.FilesPath!, Output.OutputFormat.Table)
                : await RunAsync(options, token);
        });
        return command;
    }

    private static async Task<int> RunAsync(AgentOptions options, CancellationToken token)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // what it tells with a stack trace ends the start, with our message
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.ColorBehavior = LoggerColorBehavior.Disabled;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
                console.UseUtcTimestamp = true;
            }));
        try
        {
            await AgentHost.RunAsync(options, TimeProvider.System, loggers, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Stopped while it started.
        }

        return ExitCode.Fine;
    }
}
