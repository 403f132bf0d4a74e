using Fairway.Cli;

return await FairwayCli.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
