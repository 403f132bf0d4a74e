namespace Fairway.Grpc.Server;

/// <summary>The HTTP/2 connection that carries a call; every call on it sees the same object.</summary>
public sealed class GrpcConnection
{
    internal GrpcConnection(string id, UnixCredentials? credentials, CancellationToken closed)
    {
        Id = id;
        Credentials = credentials;
        Closed = closed;
    }

    /// <summary>Unique among the connections of this process.</summary>
    public string Id { get; }

    /// <summary>The caller on a Unix socket; null over TCP.</summary>
    public UnixCredentials? Credentials { get; }

    /// <summary>Cancelled when the connection is gone, whoever ended it.</summary>
    public CancellationToken Closed { get; }
}
