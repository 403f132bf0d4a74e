using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Threading.Channels;
using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Peers;

/// <summary>
/// A peer: one loop that takes inputs, steps the FSM and carries out its actions. It never waits for a socket or for the RIBs, so keepalives
/// leave in time whatever else happens.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "StopAsync ends it, and its loop disposes what it owns.")]
internal sealed partial class Peer
{
    private const int InputCapacity = 256;
    private readonly Channel<PeerInput> _inputs =
        Channel.CreateBounded<PeerInput>(new BoundedChannelOptions(InputCapacity) { SingleReader = true });

    private readonly PeerSetup _setup;
    private readonly ConnectionContext _context;
    private readonly PeerTimers _timers;
    private readonly RateLimit _badUpdates;
    private readonly Task _running;
    private volatile PeerSnapshot _snapshot;
    private PeerOptions _options;
    private BgpInstanceOptions _instance;
    private PeerSession _fsm;
    private bool _isStopped;

    public Peer(PeerSetup setup)
    {
        _setup = setup;
        _options = setup.Options;
        _instance = setup.Instance;
        _badUpdates = new RateLimit(setup.Time);
        _context = new ConnectionContext(setup.Link, Counters, PostAsync, ReportProblems, setup.Time);
        _timers = new PeerTimers(setup.Time, setup.Random, Post);
        _fsm = new PeerSession(SessionOptionsNow());
        _snapshot = new PeerSnapshot(_options) { Failure = HeldBecause };
        _running = Task.Run(RunUntilStoppedAsync);
    }

    public PeerCounters Counters { get; } = new();

    public PeerSnapshot Snapshot => _snapshot;

    public Rib.RibLink Link => _setup.Link;

    /// <summary>Takes a connection that the peer opened; the socket is ours from here on.</summary>
    public void Accept(Socket socket)
    {
        if (!_inputs.Writer.TryWrite(new PeerInput.Accepted(socket)))
        {
            socket.Dispose();
        }
    }

    /// <summary>Follows new options; after a reset it is done when the RIBs know that the session has gone.</summary>
    public async ValueTask ConfigureAsync(PeerOptions options, BgpInstanceOptions instance, bool reset)
    {
        var handled = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostLaterAsync(new PeerInput.Configure(options, instance, reset, handled)).ConfigureAwait(false);
        var ribsTold = await handled.Task.ConfigureAwait(false);
        if (reset)
        {
            await ribsTold.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session and the peer; done when the RIBs know. Its sockets are closed when the task in the answer is done.</summary>
    public async Task<Task> StopAsync(NotificationMessage? notification)
    {
        await PostLaterAsync(new PeerInput.Stop(notification)).ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _lastSessionTold.ConfigureAwait(false);
        return Task.WhenAll(_ending);
    }

    private async Task RunUntilStoppedAsync()
    {
        try
        {
            await RunAsync().ConfigureAwait(false);
        }
        catch (Exception defect)
        {
            _setup.Log.PeerLoopEnded(defect, _options.Key);
            _setup.Fail(defect);
            Close(ConnectionSide.Outgoing);
            Close(ConnectionSide.Incoming);
        }

        _inputs.Writer.Complete();
        while (_inputs.Reader.TryRead(out var late))
        {
            Refuse(late);
        }

        _timers.Dispose();
        _restartTimer?.Dispose();
    }

    private async Task RunAsync()
    {
        BeginOrHold();
        Publish();
        while (!_isStopped)
        {
            Handle(await _inputs.Reader.ReadAsync().ConfigureAwait(false));
            Publish();
        }
    }

    private void Handle(PeerInput input)
    {
        switch (input)
        {
            case PeerInput.Received received:
                HandleReceived(received);
                break;
            case PeerInput.Timer timer:
                HandleTimer(timer);
                break;
            case PeerInput.Accepted accepted:
                HandleAccepted(accepted.Socket);
                break;
            case PeerInput.Dialled dialled:
                HandleDialled(dialled);
                break;
            case PeerInput.RestartTimeOver over:
                HandleRestartTimeOver(over);
                break;
            case PeerInput.Configure configure:
                HandleConfigure(configure);
                configure.Handled.SetResult(_lastSessionTold);
                break;
            case PeerInput.Stop stop:
                Step(ConnectionSide.Outgoing, new ManualStop(stop.Notification));
                _isStopped = true;
                break;
        }
    }

    // A timer that fires while the queue is full waits its turn; there are never more than a few.
    private void Post(PeerInput input)
    {
        if (!_inputs.Writer.TryWrite(input))
        {
            _ = PostLaterAsync(input);
        }
    }

    private ValueTask PostAsync(PeerInput input) => _inputs.Writer.WriteAsync(input);

    private async Task PostLaterAsync(PeerInput input)
    {
        try
        {
            await PostAsync(input).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            Refuse(input);
        }
    }

    /// <summary>Input that came after the end: nobody may wait for it, and no socket may stay open.</summary>
    private static void Refuse(PeerInput late)
    {
        switch (late)
        {
            case PeerInput.Accepted accepted:
                accepted.Socket.Dispose();
                break;
            case PeerInput.Dialled dialled:
                dialled.Socket?.Dispose();
                break;
            case PeerInput.Received received:
                received.Handled.TrySetResult();
                break;
            case PeerInput.Configure configure:
                configure.Handled.TrySetResult(Task.CompletedTask);
                break;
        }
    }
}
