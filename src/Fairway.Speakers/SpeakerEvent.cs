using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>Something happened; look again. <see cref="Detail"/> is for people.</summary>
public sealed record SpeakerEvent(SpeakerEventType Type, DateTimeOffset Time, PeerKey? Peer, string Detail);

/// <summary>Kinds of <see cref="SpeakerEvent"/>.</summary>
public enum SpeakerEventType
{
    PeerUp,
    PeerDown,
    PeerStateChanged,
    RestartCompleted,
    Warning,
}
