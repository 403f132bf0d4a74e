using System.Collections.Concurrent;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Peers;
using Fairway.Speakers.Native.Rib;

namespace Fairway.Speakers.Native;

/// <summary>What lives as long as AS and router id stay: the tables and the peers. Changed by the plan in hand, read from anywhere.</summary>
internal sealed class SpeakerInstance(BgpInstanceOptions options, RibLoop loop, RestartContext restart, long startedAt)
{
    private volatile BgpInstanceOptions _options = options;

    public BgpInstanceOptions Options
    {
        get => _options;
        set => _options = value;
    }

    public RibLoop Loop { get; } = loop;

    /// <summary>How this instance came about, and when.</summary>
    public RestartContext Restart { get; } = restart;

    public long StartedAt { get; } = startedAt;

    public ConcurrentDictionary<PeerKey, Peer> Peers { get; } = new();
}
