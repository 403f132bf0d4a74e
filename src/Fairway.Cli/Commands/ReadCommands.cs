using System.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Views;
using Fairway.Contracts.V1;

namespace Fairway.Cli.Commands;

/// <summary>The commands that show what is: status, peers, prefixes, routes, drift.</summary>
internal static class ReadCommands
{
    public static Command Status()
    {
        var format = CommonOptions.Output();
        return CommonOptions.Asking("status", "the node at a glance", async (parse, client, token) =>
        {
            var status = await client.GetStatusAsync(token);
            CommonOptions.Print(parse, parse.GetValue(format), () => AgentViews.Status(status), output => AgentViews.WriteStatus(output, status));
            return ExitCode.Fine;
        }, format);
    }

    public static Command Peers() => Listing("peers", "sessions and their counts", AgentViews.Peers, async (client, token) => await client.ListPeersAsync(token));

    public static Command Prefixes() => Listing("prefixes", "what we advertise, or why not yet", AgentViews.Prefixes, async (client, token) => await client.ListPrefixesAsync(token));

    public static Command Routes()
    {
        var command = RouteTable("routes", "the routes learned and chosen", RouteScope.Best);
        command.Add(RouteTable("received", "what one peer sent us, before import policy", RouteScope.Received));
        command.Add(RouteTable("advertised", "what one peer was sent", RouteScope.Advertised));
        return command;
    }

    public static Command Drift()
    {
        var format = CommonOptions.Output();
        return CommonOptions.Asking("drift", "where speaker or kernel differ from what was put there (exit code 2 while something is open)", async (parse, client, token) =>
        {
            var items = await client.GetDriftAsync(token);
            AgentViews.Drift.Write(parse.InvocationConfiguration.Output, parse.GetValue(format), items);
            return items.Any(item => !item.Repaired) ? ExitCode.Difference : ExitCode.Fine;
        }, format);
    }

    private static Command RouteTable(string name, string description, RouteScope scope)
    {
        var format = CommonOptions.Output();
        var peer = new Option<string>("--peer") { Description = "a peer's name or address", HelpName = "PEER", Required = scope is not RouteScope.Best };
        return CommonOptions.Asking(name, description, async (parse, client, token) =>
        {
            var routes = await client.ListRoutesAsync(new ListRoutesRequest { Scope = scope, Peer = parse.GetValue(peer) ?? "" }, token);
            AgentViews.Routes.Write(parse.InvocationConfiguration.Output, parse.GetValue(format), routes);
            return ExitCode.Fine;
        }, peer, format);
    }

    private static Command Listing<T>(string name, string description, View<T> view, Func<AgentClient, CancellationToken, Task<IEnumerable<T>>> list)
    {
        var format = CommonOptions.Output();
        return CommonOptions.Asking(name, description, async (parse, client, token) =>
        {
            view.Write(parse.InvocationConfiguration.Output, parse.GetValue(format), await list(client, token));
            return ExitCode.Fine;
        }, format);
    }
}
