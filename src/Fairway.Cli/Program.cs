using System.CommandLine;
using Fairway.Cli.Commands;

var root = new RootCommand("Fairway, the routing agent for a Linux node")
{
    ReadCommands.Status(),
    ReadCommands.Peers(),
    ReadCommands.Prefixes(),
    ReadCommands.Routes(),
    ReadCommands.Drift(),
    ExplainCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
