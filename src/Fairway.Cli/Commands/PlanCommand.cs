using System.CommandLine;
using Fairway.Cli.Views;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Commands;

/// <summary>`fairway plan -f FILE|DIR`: what the running agent would change if these documents replaced those of its directory.</summary>
internal static class PlanCommand
{
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    public static Command Create()
    {
        var path = new Option<string>("-f", "--file") { Description = "a file or a directory of documents", HelpName = "FILE|DIR", Required = true };
        var format = CommonOptions.Output();
        return CommonOptions.Asking("plan", "what would change, and which sessions would notice (exit code 2 when something would)", async (parse, client, token) =>
        {
            var request = new PlanRequest();
            request.Documents.AddRange(Read(parse.GetValue(path)!));
            var plan = await client.PlanAsync(request, token);
            CommonOptions.Print(parse, parse.GetValue(format), () => AgentViews.Plan(plan), output => AgentViews.WritePlan(output, plan));
            return plan.Problems.Count > 0 ? ExitCode.Error : plan.Changes.Count > 0 ? ExitCode.Difference : ExitCode.Fine;
        }, path, format);
    }

    private static IEnumerable<PlanDocument> Read(string path)
    {
        IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(IsDocument).Order(StringComparer.Ordinal) : [path];
        return files.Select(file => new PlanDocument { Path = file, Text = File.ReadAllText(file) });
    }

    private static bool IsDocument(string file) => !Path.GetFileName(file).StartsWith('.') && Endings.Contains(Path.GetExtension(file));
}
