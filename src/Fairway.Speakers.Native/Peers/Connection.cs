using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Fairway.Bgp.Fsm;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Speakers.Native.Rib;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native.Peers;

/// <summary>
/// One TCP connection of a peer with its two tasks: the reader decodes and hands on, the writer sends. The peer's loop owns it; what the
/// tasks find out goes there as input.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It ends by itself: FinishAsync disposes once both tasks have ended.")]
internal sealed partial class Connection
{
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(3);
    private readonly Socket _socket;
    private readonly ConnectionContext _context;
    private readonly CancellationTokenSource _abort;
    private readonly CancellationTokenSource _stopReading = new();
    private readonly Pulse _wake = new();
    private volatile EstablishedSession? _established;
    private volatile SessionEnd? _end;
    private volatile bool _isClosing;
    private volatile SessionCodecOptions _codec;

    public Connection(ConnectionSide side, Socket socket, ConnectionContext context)
    {
        Side = side;
        _socket = socket;
        _context = context;
        _abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, context.Time);
        _lastReceived = context.Time.GetTimestamp();
        LocalAddress = PeerSocket.LocalAddressOf(socket);
        _codec = new SessionCodecOptions { LocalAddress = LocalAddress, PeerAddress = context.Link.Peer.Options.Key.Address };
        var writing = Task.Run(WriteAsync);
        RibsTold = Task.Run(ReadAsync);
        Completion = FinishAsync(writing);
    }

    public ConnectionSide Side { get; }

    public Socket Socket => _socket;

    public IpAddr LocalAddress { get; }

    /// <summary>Nothing more is read, and the RIBs know that the session has gone.</summary>
    public Task RibsTold { get; }

    /// <summary>Both tasks have ended and the socket is closed.</summary>
    public Task Completion { get; }

    /// <summary>
    /// The session is Established; called by the peer's loop while the reader waits for it. The reader tells the RIBs before it reads on, but
    /// not before <paramref name="previous"/>, the session before, has told them of its end.
    /// </summary>
    public void Establish(NegotiatedSession session, RibSession ribSession, Task previous)
    {
        _codec = _codec with { FourOctetAs = session.FourOctetAs, IsInternal = session.IsInternal, Families = session.Families };
        _established = new EstablishedSession(session, ribSession, new Exporter(_context.Link.Peer, _wake.Set), previous);
    }

    /// <summary>The AS that must stand first in received AS_PATHs from the next UPDATE on (RFC 4271 §6.3); null: any.</summary>
    public void RequireFirstAsn(Asn? asn) => _codec = _codec with { RequiredFirstAsn = asn };

    /// <summary>The session on this connection has ended; <see cref="Close"/> follows.</summary>
    public void End(SessionEnd end) => _end = end;

    /// <summary>
    /// Sends what was queued, then closes; gives up after a few seconds. The peer sees an orderly end (FIN), not a reset that could overtake
    /// the NOTIFICATION.
    /// </summary>
    public void Close()
    {
        _abort.CancelAfter(FarewellTime);
        _stopReading.Cancel();
        _isClosing = true; // last: it lets the writer end, and with it everything here
        _wake.Set();
    }

    private async Task FinishAsync(Task writing)
    {
        await RibsTold.ConfigureAwait(false);
        await writing.ConfigureAwait(false);
        await DiscardReceivedAsync().ConfigureAwait(false);
        _socket.Dispose();
        _abort.Dispose();
        _stopReading.Dispose();
    }

    private sealed record EstablishedSession(NegotiatedSession Session, RibSession RibSession, Exporter Exporter, Task Previous)
    {
        /// <summary>What stays in the tables after this end (RFC 4724 §4.2).</summary>
        public IReadOnlyCollection<Net.AddressFamily> KeptAfter(SessionEnd? end) =>
            end is { AllowsGracefulRestart: true } && Session.PeerGracefulRestart is { } restart
                ? [.. restart.Families.Select(family => family.Family)]
                : [];
    }
}
