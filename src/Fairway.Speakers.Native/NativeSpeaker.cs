using System.Threading.Channels;
using Fairway.Net.NextHops;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Peers;
using Fairway.Speakers.Native.Rib;
using Fairway.Speakers.Native.Sockets;
using Microsoft.Extensions.Logging;

namespace Fairway.Speakers.Native;

/// <summary>
/// The embedded BGP speaker: sockets, timers and tasks around <c>Fairway.Bgp</c>. It starts with the first plan that has an instance. Plans are
/// carried out one at a time; reads may come from anywhere.
/// </summary>
public sealed partial class NativeSpeaker : ISpeaker
{
    private const int EventCapacity = 1024;
    private readonly NativeSpeakerOptions _options;
    private readonly INextHopResolver _resolver;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _log;
    private readonly LearnedRoutes _learned = new();
    private readonly ListenerSet _listeners;
    private readonly RateLimit _unknownPeers;
    private readonly SemaphoreSlim _plans = new(1);
    private readonly Channel<SpeakerEvent> _events =
        Channel.CreateBounded<SpeakerEvent>(new BoundedChannelOptions(EventCapacity) { FullMode = BoundedChannelFullMode.DropOldest });

    private volatile SpeakerInstance? _instance;
    private bool _isStopped;

    /// <param name="options">How this start came about, and limits.</param>
    /// <param name="resolver">Where next hops lead (design D14).</param>
    /// <param name="time">The clock of all timers.</param>
    /// <param name="random">The source of jitter.</param>
    /// <param name="loggers">Where messages go.</param>
    public NativeSpeaker(NativeSpeakerOptions options, INextHopResolver resolver, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        _options = options;
        _resolver = resolver;
        _time = time;
        _random = random;
        _log = loggers.CreateLogger<NativeSpeaker>();
        _unknownPeers = new RateLimit(time);
        _listeners = new ListenerSet(Accept, time);
    }

    public string Kind => "native";

    public ILearnedRoutes Learned => _learned;

    /// <summary>Completed with an error when a defect ended one of our loops: the host then makes a new speaker.</summary>
    public ChannelReader<SpeakerEvent> Events => _events.Reader;

    public void NextHopsChanged(IReadOnlyCollection<NextHopQuery> queries) => _instance?.Loop.Post(rib => rib.NextHopsChanged(queries));

    /// <summary>For tests that break something, to see whether it is noticed.</summary>
    internal SpeakerInstance? Instance => _instance;

    /// <inheritdoc cref="Instance"/>
    internal ListenerSet Listeners => _listeners;

    private void Publish(SpeakerEvent happened) => _events.Writer.TryWrite(happened);

    private void Fail(Exception defect) => _events.Writer.TryComplete(defect);

    /// <summary>A peer's own source of jitter: <see cref="Random"/> is not safe for several loops.</summary>
    private Random NewRandom() => new(_random.Next());

    private PeerSetup SetupOf(SpeakerInstance instance, PeerOptions peer, RibLink link) => new()
    {
        Options = peer,
        Instance = instance.Options,
        Link = link,
        Restart = instance.Restart,
        StartedAt = instance.StartedAt,
        StaleTime = _options.StaleTime,
        Publish = Publish,
        Fail = Fail,
        Time = _time,
        Random = NewRandom(),
        Log = _log,
    };
}
