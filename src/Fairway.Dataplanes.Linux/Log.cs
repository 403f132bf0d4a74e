using Microsoft.Extensions.Logging;

namespace Fairway.Dataplanes.Linux;

/// <summary>Event ids 3000 to 3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Routes go into table {Table} at metric {Metric}, marked with protocol {Protocol}.")]
    public static partial void Opened(ILogger logger, uint table, uint metric, byte protocol);

    [LoggerMessage(3001, LogLevel.Information, "Kernel messages were lost since too many came at once: links and routes are read again.")]
    public static partial void MessagesLost(ILogger logger);

    [LoggerMessage(3002, LogLevel.Warning, "Routes of the earlier {Place} stay, since zebra (process {Process}) takes them for its own.")]
    public static partial void LeftToZebra(ILogger logger, RoutePlace place, int process);

    [LoggerMessage(3003, LogLevel.Debug, "{Count} changes of routes carried out, {Refused} refused.")]
    public static partial void Applied(ILogger logger, int count, int refused);
}
