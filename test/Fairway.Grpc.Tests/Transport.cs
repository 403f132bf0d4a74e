namespace Fairway.Grpc.Tests;

public enum Transport
{
    UnixSocket,
    Tcp,
}
