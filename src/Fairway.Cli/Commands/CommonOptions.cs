using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Fairway.Cli.Output;
using Fairway.Grpc.Wire;

namespace Fairway.Cli.Commands;

/// <summary>Exit codes of the outer contract.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int Error = 1;

    /// <summary>A plan with changes, or drift that is open.</summary>
    public const int Difference = 2;
}

/// <summary>Options and the frame that the commands share.</summary>
internal static class CommonOptions
{
    public const string DefaultSocket = "/run/fairway/fairway.sock";

    public static Option<string> Socket() => new("--socket") { Description = "the agent's socket", HelpName = "PATH", DefaultValueFactory = _ => DefaultSocket };

    public static Option<OutputFormat> Output() => new("--output", "-o") { Description = "json, yaml or wide", HelpName = "FORMAT", CustomParser = ParseFormat };

    /// <summary>A command that asks the agent and prints its answer.</summary>
    public static Command Asking(string name, string description, Func<ParseResult, AgentClient, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var socket = Socket();
        var command = new Command(name, description) { socket };
        foreach (var symbol in symbols)
        {
            Add(command, symbol);
        }

        command.SetAction(async (parse, token) =>
        {
            var path = parse.GetValue(socket)!;
            try
            {
                using var client = new AgentClient(path);
                return await run(parse, client, token);
            }
            catch (GrpcException error)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"fairway: {(IsNobodyThere(error) ? NobodyThere(path) : error.Message)}");
                return ExitCode.Error;
            }
        });
        return command;
    }

    /// <summary>Prints one object: JSON or YAML, or the text for people.</summary>
    public static void Print(ParseResult parse, OutputFormat format, Func<JsonObject> json, Action<TextWriter> text)
    {
        var output = parse.InvocationConfiguration.Output;
        switch (format)
        {
            case OutputFormat.Json:
                output.WriteLine(json().ToJsonString(JsonOptions.Indented));
                break;
            case OutputFormat.Yaml:
                YamlWriter.Write(output, json());
                break;
            default:
                text(output);
                break;
        }
    }

    private static bool IsNobodyThere(GrpcException error) =>
        error.InnerException?.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.ConnectionRefused };

    private static string NobodyThere(string path) =>
        $"no agent is running at {path}; start one with `fairway agent --files DIR`, or name the socket of a running one with --socket PATH";

    private static void Add(Command command, Symbol symbol)
    {
        switch (symbol)
        {
            case Option option:
                command.Add(option);
                break;
            case Argument argument:
                command.Add(argument);
                break;
            case Command child:
                command.Add(child);
                break;
        }
    }

    private static OutputFormat ParseFormat(System.CommandLine.Parsing.ArgumentResult result)
    {
        var word = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        switch (word)
        {
            case "json":
                return OutputFormat.Json;
            case "yaml":
                return OutputFormat.Yaml;
            case "wide":
                return OutputFormat.Wide;
            default:
                result.AddError($"'{word}' is no output format; use json, yaml or wide");
                return OutputFormat.Table;
        }
    }
}
