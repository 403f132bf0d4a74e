using System.Threading.Channels;
using Fairway.Agent.Loop;
using Fairway.Agent.State;
using Fairway.Dataplanes;
using Fairway.Dataplanes.Linux;
using Fairway.Routing;
using Fairway.Sources.Files;
using Fairway.Speakers;

namespace Fairway.Agent;

/// <summary>What a running agent is made of; <see cref="AgentBuilder"/> wires it.</summary>
internal sealed class AgentParts : IAsyncDisposable
{
    private static readonly TimeSpan EventPause = TimeSpan.FromMilliseconds(100);

    public required ISpeaker Speaker { get; init; }

    public required IDataplane Dataplane { get; init; }

    public required RoutingHandler Routing { get; init; }

    public required RoutingLoop RoutingLoop { get; init; }

    public required FilesSource Files { get; init; }

    public required AgentLoop Loop { get; init; }

    public required AgentSignals Signals { get; init; }

    public required PeerHandler Peers { get; init; }

    public required StateKeeper Keeper { get; init; }

    public required AgentView View { get; init; }

    public required TimeProvider Time { get; init; }

    public async Task WatchFilesAsync(CancellationToken cancellationToken)
    {
        var seen = Files.Snapshot;
        while (true)
        {
            Signals.Raise(AgentSignal.Documents);
            seen = await Files.WaitForChangeAsync(seen.Version, cancellationToken);
        }
    }

    public async Task WatchSpeakerAsync(CancellationToken cancellationToken)
    {
        while (await Speaker.Events.WaitToReadAsync(cancellationToken))
        {
            Signals.Raise(AgentSignal.Peers);
            await Task.Delay(EventPause, Time, cancellationToken); // the loop reads what came; a flapping peer does not keep it busy
        }
    }

    /// <summary>
    /// Ends the speaker, once the loops have ended. Forwarding stays as it is (design D8), unless the policy is to withdraw: then our routes
    /// leave the kernel as they would if all sessions had ended.
    /// </summary>
    public async Task StopAsync(StopPolicy policy, CancellationToken cancellationToken)
    {
        try
        {
            await LookOnceMoreAsync(cancellationToken);
            Keeper.SaveLast(policy, Peers.Up, Files.Snapshot);
            await Speaker.StopAsync(policy, cancellationToken);
            if (policy is StopPolicy.Withdraw && Dataplane is LinuxDataplane linux)
            {
                await linux.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over: what was not said by now stays unsaid.
        }
    }

    private async ValueTask LookOnceMoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Peers.LookAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            // The speaker ended by a defect: what was seen last counts.
        }
    }

    /// <summary>Lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await Speaker.DisposeAsync();
        await Dataplane.DisposeAsync();
        Files.Dispose();
        Signals.Dispose();
    }
}
