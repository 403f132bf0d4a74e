using System.CommandLine;
using Fairway.Cli.Views;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Commands;

/// <summary>`fairway explain PREFIX [--peer A]`: the gates on a prefix's way, up to the first that failed.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var prefix = new Argument<string>("PREFIX") { Description = "the prefix, e.g. 192.0.2.0/24" };
        var peer = new Option<string>("--peer") { Description = "a peer's name or address", HelpName = "PEER" };
        var format = CommonOptions.Output();
        return CommonOptions.Asking("explain", "why a prefix is, or is not, advertised or installed", async (parse, client, token) =>
        {
            var answer = await client.ExplainAsync(new ExplainRequest { Prefix = parse.GetValue(prefix)!, Peer = parse.GetValue(peer) ?? "" }, token);
            CommonOptions.Print(parse, parse.GetValue(format), () => AgentViews.Explain(answer), output => AgentViews.WriteExplain(output, answer));
            return ExitCode.Fine;
        }, prefix, peer, format);
    }
}
