namespace Fairway.Grpc.Client;

/// <summary>Whom a channel calls, and the limits of each call. The name is for messages: the socket's path, or host and port.</summary>
internal sealed record GrpcTarget(string Name, Uri Address, int MaxReceiveMessageSize, TimeProvider TimeProvider);
