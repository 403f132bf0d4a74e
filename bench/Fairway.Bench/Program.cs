using BenchmarkDotNet.Running;
using Fairway.Bench;

BenchmarkSwitcher.FromAssembly(typeof(DecisionBenchmarks).Assembly).Run(args);
