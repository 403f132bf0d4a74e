using System.CommandLine;
using Fairway.Cli.Commands;

var root = new RootCommand("Fairway, the routing agent for a Linux node")
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

// Stopping an agent lasts as long as its own timeout says; the default of 2 s would cut it short.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(invocation);
