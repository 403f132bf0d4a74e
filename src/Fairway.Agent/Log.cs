using Microsoft.Extensions.Logging;

namespace Fairway.Agent;

/// <summary>Messages of the agent, event ids 1000 to 1099 (docs/operations/events.md).</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Node {Node} started: speaker {Speaker}, dataplane {Dataplane}, documents {Path}, socket {Socket}")]
    public static partial void Started(ILogger logger, string node, string speaker, string dataplane, string path, string socket);

    [LoggerMessage(1001, LogLevel.Information, "Stopping, policy {Policy}")]
    public static partial void Stopping(ILogger logger, string policy);

    [LoggerMessage(1002, LogLevel.Critical, "The {Name} loop failed and starts again in {Seconds} s")]
    public static partial void LoopFailed(ILogger logger, string name, double seconds, Exception error);

    [LoggerMessage(1003, LogLevel.Warning, "{Warning}")]
    public static partial void StateWarning(ILogger logger, string warning);

    [LoggerMessage(1004, LogLevel.Debug, "{Type} {Peer}: {Detail}")]
    public static partial void SpeakerEvent(ILogger logger, string type, string peer, string detail);

    [LoggerMessage(1005, LogLevel.Warning, "The speaker refused {Object}, which is tried again: {Reason}")]
    public static partial void ChangeRefused(ILogger logger, string @object, string reason);

    [LoggerMessage(1006, LogLevel.Information, "Restarting gracefully: waiting for End-of-RIB from {Count} peers, forwarding preserved {Preserved}")]
    public static partial void RestartingGracefully(ILogger logger, int count, bool preserved);

    [LoggerMessage(1007, LogLevel.Critical, "The {Speaker} speaker ended by a defect; the agent starts again and keeps forwarding")]
    public static partial void StartsAgain(ILogger logger, string speaker);
}
