using Fairway.Net.Options;
using Fairway.Speakers.Native.Rib;
using Microsoft.Extensions.Logging;

namespace Fairway.Speakers.Native.Peers;

/// <summary>What a peer is made of.</summary>
internal sealed record PeerSetup
{
    public required PeerOptions Options { get; init; }

    public required BgpInstanceOptions Instance { get; init; }

    public required RibLink Link { get; init; }

    /// <summary>How this start came about, and when it was.</summary>
    public required RestartContext Restart { get; init; }

    public required long StartedAt { get; init; }

    public required TimeSpan StaleTime { get; init; }

    public required Action<SpeakerEvent> Publish { get; init; }

    /// <summary>Told when the peer's loop ended by a defect of ours.</summary>
    public required Action<Exception> Fail { get; init; }

    public required TimeProvider Time { get; init; }

    public required Random Random { get; init; }

    public required ILogger Log { get; init; }
}
