using System.CommandLine;
using Fairway.Cli.Output;
using Fairway.Intents.Model;
using Fairway.Sources.Files;

namespace Fairway.Cli.Commands;

/// <summary>`fairway validate FILE|DIR`: the checks of the agent, without an agent.</summary>
internal static class ValidateCommand
{
    private static readonly View<SourceProblem> Problems = new(
        new("severity", "SEVERITY", problem => problem.Severity.ToString().ToLowerInvariant()),
        new("file", "FILE", problem => problem.File),
        new("line", "LINE", problem => problem.Line),
        new("object", "OBJECT", problem => problem.Object),
        new("field", "FIELD", problem => problem.Field),
        new("reason", "REASON", problem => problem.Reason),
        new("message", "MESSAGE", problem => problem.Message),
        new("suggestion", "SUGGESTION", problem => problem.Suggestion));

    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "a file or a directory of documents" };
        var format = CommonOptions.Output();
        var command = new Command("validate", "check documents without an agent (exit code 1 when one would be refused)") { path, format };
        command.SetAction(parse => Run(parse, parse.GetValue(path)!, parse.GetValue(format)));
        return command;
    }

    public static int Run(ParseResult parse, string path, OutputFormat format)
    {
        var result = DirectoryValidator.Validate(path);
        var output = parse.InvocationConfiguration.Output;
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            Problems.Write(output, format, result.Problems);
        }
        else
        {
            foreach (var problem in result.Problems)
            {
                output.WriteLine(problem);
            }

            output.WriteLine($"{Count(result.Documents, "document")}, {Count(result.Problems.Count(problem => problem.Severity is ProblemSeverity.Error), "error")}, {Count(result.Problems.Count(problem => problem.Severity is ProblemSeverity.Warning), "warning")}");
        }

        return result.HasErrors ? ExitCode.Error : ExitCode.Fine;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
