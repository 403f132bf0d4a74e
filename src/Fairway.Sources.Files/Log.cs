using Fairway.Intents.Model;
using Microsoft.Extensions.Logging;

namespace Fairway.Sources.Files;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "files in {Path}: {State}, {Documents} documents, {Problems} problems, {Outdated} objects outdated")]
    public static partial void Changed(ILogger logger, string path, string state, int documents, int problems, int outdated);

    [LoggerMessage(2101, LogLevel.Warning, "{Problem}")]
    public static partial void Problem(ILogger logger, SourceProblem problem);

    [LoggerMessage(2102, LogLevel.Warning, "no notifications for {Path}, looking at it from time to time instead: {Reason}")]
    public static partial void WatchFailed(ILogger logger, string path, string reason);

    [LoggerMessage(2103, LogLevel.Warning, "{File}:{Line}: a kept document can no longer be used and is dropped: {Message}")]
    public static partial void RestoreFailed(ILogger logger, string file, int line, string message);
}
