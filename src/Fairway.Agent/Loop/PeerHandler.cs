using Fairway.Agent.State;
using Fairway.Net.Options;
using Fairway.Speakers;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent.Loop;

/// <summary>Follows the sessions: logs what happens to them, and knows which were up for the next start.</summary>
internal sealed class PeerHandler(ISpeaker speaker, ILogger logger)
{
    /// <summary>Sessions that are Established, for the state on disk.</summary>
    public IReadOnlyList<PeerUp> Up { get; private set; } = [];

    /// <summary>Tells of new events; the sessions themselves are read, never inferred from events.</summary>
    public async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        while (speaker.Events.TryRead(out var happened))
        {
            Log.SpeakerEvent(logger, happened.Type.ToString(), happened.Peer?.ToString() ?? "", happened.Detail);
        }

        var peers = await speaker.ReadPeersAsync(cancellationToken);
        Up = [.. peers.Where(peer => peer.State is BgpState.Established).Select(ToState).OrderBy(peer => peer.Address, StringComparer.Ordinal)];
    }

    private static PeerUp ToState(PeerStatus peer) =>
        new(peer.Key.Address.ToString(), peer.Key.Interface, [.. peer.GracefulRestartFamilies.Select(family => family.ToString())]);
}
