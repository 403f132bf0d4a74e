using Fairway.Net;
using Fairway.Net.Options;
using Microsoft.Extensions.Logging;

namespace Fairway.Speakers.Native;

/// <summary>Log messages of the native speaker, event ids 2000 to 2099 (docs/operations/events.md).</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Peer {Peer} is Established: AS {Asn}, families {Families}, hold time {HoldTime}")]
    public static partial void PeerUp(this ILogger logger, PeerKey peer, Asn asn, string families, TimeSpan holdTime);

    [LoggerMessage(2001, LogLevel.Information, "Peer {Peer} is down: {Reason}")]
    public static partial void PeerDown(this ILogger logger, PeerKey peer, string reason);

    [LoggerMessage(2002, LogLevel.Debug, "Peer {Peer} went from {Before} to {State}")]
    public static partial void PeerState(this ILogger logger, PeerKey peer, BgpState before, BgpState state);

    [LoggerMessage(2003, LogLevel.Debug, "Peer {Peer} does not come up: {Reason}")]
    public static partial void PeerFailed(this ILogger logger, PeerKey peer, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "Peer {Peer} stays down: {Reason}")]
    public static partial void PeerHeld(this ILogger logger, PeerKey peer, string reason);

    [LoggerMessage(2005, LogLevel.Information, "Peer {Peer} restarts: its routes are kept for up to {RestartTime} (RFC 4724)")]
    public static partial void PeerRestarting(this ILogger logger, PeerKey peer, TimeSpan restartTime);

    [LoggerMessage(2006, LogLevel.Warning, "Peer {Peer} did not complete its restart in time: its stale routes are removed (RFC 4724)")]
    public static partial void PeerRestartOver(this ILogger logger, PeerKey peer);

    [LoggerMessage(2007, LogLevel.Warning, "Peer {Peer} sent a bad UPDATE: {Reason}; treatment {Treatment} (RFC 7606); {HeldBack} more since the last such line")]
    public static partial void BadUpdate(this ILogger logger, PeerKey peer, string reason, string treatment, int heldBack);

    [LoggerMessage(2010, LogLevel.Information, "Listening on {Endpoints}")]
    public static partial void Listening(this ILogger logger, string endpoints);

    [LoggerMessage(2011, LogLevel.Warning, "{Reason}")]
    public static partial void NotListening(this ILogger logger, string reason);

    [LoggerMessage(2012, LogLevel.Information, "Refused a connection from {Address}, which is no peer; {HeldBack} more since the last such line")]
    public static partial void UnknownPeer(this ILogger logger, string address, int heldBack);

    [LoggerMessage(2020, LogLevel.Information, "Restarted: selection of {Families} waits for End-of-RIB from {Peers} peers (RFC 4724)")]
    public static partial void Restarting(this ILogger logger, string families, int peers);

    [LoggerMessage(2021, LogLevel.Information, "Re-learning of {Families} after the restart is complete")]
    public static partial void RestartCompleted(this ILogger logger, string families);

    [LoggerMessage(2030, LogLevel.Information, "Stopping, forwarding is kept: sessions with graceful restart close silently")]
    public static partial void StoppingKeep(this ILogger logger);

    [LoggerMessage(2031, LogLevel.Information, "Stopping: every route is withdrawn first")]
    public static partial void StoppingWithdraw(this ILogger logger);

    [LoggerMessage(2032, LogLevel.Warning, "Not every withdrawal was sent before the stop: {Reason}")]
    public static partial void WithdrawalsLeft(this ILogger logger, string reason);

    [LoggerMessage(2040, LogLevel.Critical, "The RIB loop has ended by a defect; the speaker must be started again")]
    public static partial void RibLoopEnded(this ILogger logger, Exception defect);

    [LoggerMessage(2041, LogLevel.Critical, "The loop of peer {Peer} has ended by a defect; the speaker must be started again")]
    public static partial void PeerLoopEnded(this ILogger logger, Exception defect, PeerKey peer);
}
