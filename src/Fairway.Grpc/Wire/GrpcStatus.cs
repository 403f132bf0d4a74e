using System.Globalization;

namespace Fairway.Grpc.Wire;

/// <summary>How a call ended. The default value is OK without a message.</summary>
internal readonly record struct GrpcStatus(GrpcStatusCode Code, string? Message = null)
{
    /// <summary>The value of <c>grpc-status</c>.</summary>
    public string CodeText => ((int)Code).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the two trailers; a code that is no number or is unknown to us means UNKNOWN.</summary>
    public static GrpcStatus Decode(string code, string? message)
    {
        var known = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= (int)GrpcStatusCode.Unauthenticated;
        return new(known ? (GrpcStatusCode)number : GrpcStatusCode.Unknown, message is null ? null : PercentEncoding.Decode(message));
    }

    /// <summary>What an answer without <c>grpc-status</c> means (grpc/doc/http-grpc-status-mapping.md).</summary>
    public static GrpcStatus FromHttp(int statusCode) => new(statusCode switch
    {
        400 => GrpcStatusCode.Internal,
        401 => GrpcStatusCode.Unauthenticated,
        403 => GrpcStatusCode.PermissionDenied,
        404 => GrpcStatusCode.Unimplemented,
        429 or 502 or 503 or 504 => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    }, $"the server answered with HTTP status {statusCode} and no gRPC status");
}
