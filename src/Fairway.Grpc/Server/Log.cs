using Microsoft.Extensions.Logging;

namespace Fairway.Grpc.Server;

internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Error, "The handler of {Path} failed")]
    public static partial void HandlerFailed(ILogger logger, string path, Exception cause);
}
