using System.Runtime.CompilerServices;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>Tests that look at the whole process, which other tests must not share meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "whole process";
}

/// <summary>A speaker that was stopped leaves nothing behind: no socket, no task, no timer, no memory.</summary>
[Collection(WholeProcess.Name)]
public sealed class LeakTests
{
    private const int Cycles = 30;

    [Fact]
    public async Task Stopped_speakers_are_collected_and_their_sockets_closed()
    {
        await CycleAsync();
        var files = OpenSockets();
        var speakers = new List<WeakReference>();

        for (var i = 0; i < Cycles; i++)
        {
            speakers.AddRange(await CycleAsync());
        }

        await Eventually.HoldsAsync(() => OpenSockets() <= files, "all sockets are closed");
        await Eventually.HoldsAsync(() => AreCollected(speakers), "all speakers are collected");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference[]> CycleAsync()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32");
        return [new(pair.Left.Speaker), new(pair.Right.Speaker)];
    }

    private static bool AreCollected(List<WeakReference> speakers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return speakers.Count(speaker => speaker.IsAlive) <= 1; // the last one may still stand on a stack
    }

    private static int OpenSockets() =>
        Directory.EnumerateFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
