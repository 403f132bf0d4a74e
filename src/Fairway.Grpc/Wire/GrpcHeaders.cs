namespace Fairway.Grpc.Wire;

/// <summary>Header names and values that the protocol itself uses (grpc/doc/PROTOCOL-HTTP2.md).</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string AcceptEncoding = "grpc-accept-encoding";

    /// <summary>The only encoding we read and write.</summary>
    public const string Identity = "identity";

    private static readonly string[] Reserved =
        ["content-type", "content-length", "te", "host", "connection", "transfer-encoding", "trailer"];

    /// <summary>We speak protobuf only, so <c>application/grpc+json</c> and grpc-web are somebody else's.</summary>
    public static bool IsGrpc(string? contentType)
    {
        var mediaType = contentType?.Split(';', 2)[0].Trim();
        return string.Equals(mediaType, ContentType, StringComparison.OrdinalIgnoreCase)
            || string.Equals(mediaType, ContentType + "+proto", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Headers of HTTP and of the protocol are no metadata.</summary>
    public static bool IsMetadata(string name) =>
        !name.StartsWith(':')
        && !name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
        && !Reserved.Contains(name, StringComparer.OrdinalIgnoreCase);
}
