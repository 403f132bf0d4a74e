using System.Net.Sockets;
using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Client;

/// <summary>From what the HTTP client throws to a status whose text says what to do.</summary>
internal static class GrpcFailure
{
    public static GrpcException Explain(string target, Exception cause)
    {
        for (var inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
                return new(GrpcStatusCode.Unavailable, Describe(target, socket), cause);
            if (inner is HttpProtocolException protocol)
                return new(StatusOf(protocol.ErrorCode), $"{target} ended the call: {protocol.Message}", cause);
        }

        return new(GrpcStatusCode.Unavailable, $"the connection to {target} was lost: {cause.Message}", cause);
    }

    private static string Describe(string target, SocketException failure) => failure switch
    {
        // .NET's word for a Unix socket's ENOENT
        { SocketErrorCode: SocketError.AddressNotAvailable } when target.StartsWith('/') =>
            $"nothing listens on {target}: there is no such socket; is the server running?",
        { SocketErrorCode: SocketError.ConnectionRefused } =>
            $"nothing listens on {target}: the connection was refused; is the server running?",
        { SocketErrorCode: SocketError.AccessDenied } =>
            $"permission denied on {target}: run as root or as a member of the socket's group",
        _ => $"no connection to {target}: {failure.Message}",
    };

    // grpc/doc/PROTOCOL-HTTP2.md, "Errors": HTTP/2 error codes of RFC 9113 §7
    private static GrpcStatusCode StatusOf(long errorCode) => errorCode switch
    {
        7 => GrpcStatusCode.Unavailable,        // REFUSED_STREAM
        8 => GrpcStatusCode.Cancelled,          // CANCEL
        11 => GrpcStatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        12 => GrpcStatusCode.PermissionDenied,  // INADEQUATE_SECURITY
        _ => GrpcStatusCode.Internal,
    };
}
