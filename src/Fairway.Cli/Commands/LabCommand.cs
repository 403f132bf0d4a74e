using System.CommandLine;
using Fairway.Cli.Lab;
using Fairway.Cli.Output;
using Fairway.Grpc.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Fairway.Cli.Commands;

/// <summary>`fairway lab`: three agents on this machine's loopback, without root and without a cluster.</summary>
internal static class LabCommand
{
    private static readonly TimeSpan ConvergenceLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShowInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FlapInterval = TimeSpan.FromSeconds(6);

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "end as soon as all have converged; exit code 1 with the reason after 30 s" };
        var format = CommonOptions.Output();
        var command = new Command("lab", "two nodes and a ToR exchange routes on this machine") { once, format };
        command.SetAction(async (parse, token) =>
        {
            var directory = Directory.CreateTempSubdirectory("fairway-lab-");
            try
            {
                return await RunAsync(parse, new LabFiles(directory.FullName, LabPort.Find()), parse.GetValue(once), parse.GetValue(format), token);
            }
            catch (Exception end) when (token.IsCancellationRequested && end is (OperationCanceledException or GrpcException))
            {
                return ExitCode.Fine;
            }
            catch (GrpcException error)
            {
                await parse.InvocationConfiguration.Error.WriteLineAsync($"fairway lab: {error.Message}");
                return ExitCode.Error;
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, LabFiles files, bool once, OutputFormat format, CancellationToken token)
    {
        files.Write();
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        await using var agents = await LabAgents.StartAsync(files, NullLoggerFactory.Instance, token);
        if (!once && format is OutputFormat.Table)
        {
            await ShowAsync(files, agents, time, token);
            return ExitCode.Fine;
        }

        var sights = await ConvergeAsync(agents, time, start, token);
        var missing = sights.Select(sight => sight.Missing).FirstOrDefault(reason => reason is not null);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        CommonOptions.Print(parse, format, () => LabViews.ToJson(missing is null, seconds, sights), output => output.WriteLine(
            missing is null ? $"Converged after {seconds:0.0} s: {sights.Count} agents, {sights.Sum(sight => sight.Peers.Count)} session ends Established." : "Not converged."));
        if (missing is not null)
        {
            await parse.InvocationConfiguration.Error.WriteLineAsync($"fairway lab: not converged after {ConvergenceLimit.TotalSeconds:0} s: {missing}");
        }

        return missing is null ? ExitCode.Fine : ExitCode.Error;
    }

    private static async Task<IReadOnlyList<LabSight>> ConvergeAsync(LabAgents agents, TimeProvider time, long start, CancellationToken token)
    {
        while (true)
        {
            var sights = await agents.LookAsync(token);
            if (sights.All(sight => sight.Missing is null) || time.GetElapsedTime(start) > ConvergenceLimit)
            {
                return sights;
            }

            await Task.Delay(LookInterval, time, token);
        }
    }

    // A live table; node-a's document goes and comes back, so that a withdrawal can be watched.
    private static Task ShowAsync(LabFiles files, LabAgents agents, TimeProvider time, CancellationToken token) =>
        AnsiConsole.Live(new Text("starting")).StartAsync(async live =>
        {
            var flapping = LabFiles.Nodes[1];
            var lastFlap = time.GetTimestamp();
            var withdrawn = false;
            while (true)
            {
                if (time.GetElapsedTime(lastFlap) > FlapInterval)
                {
                    lastFlap = time.GetTimestamp();
                    withdrawn = !withdrawn;
                    Flap(files, flapping, withdrawn);
                }

                var sights = await agents.LookAsync(token);
                var state = sights.Select(sight => sight.Missing).FirstOrDefault(reason => reason is not null) ?? "converged";
                live.UpdateTarget(LabViews.ToTable(files, withdrawn ? $"{flapping.Name} has withdrawn {flapping.Prefixes[^1]}" : state, sights));
                await Task.Delay(ShowInterval, time, token);
            }
        });

    private static void Flap(LabFiles files, LabNode node, bool withdraw) =>
        files.WriteAdvertisement(withdraw ? node with { Prefixes = [.. node.Prefixes.SkipLast(1)] } : node);
}
