namespace Fairway.Grpc.Server;

/// <summary>A listening Unix socket with mode 0660.</summary>
/// <param name="Path">Its file; missing directories are made.</param>
/// <param name="GroupId">The group that may connect; null leaves the group of the process.</param>
public sealed record UnixSocketOptions(string Path, uint? GroupId = null);
