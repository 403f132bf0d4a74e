using System.Net.Sockets;

namespace Fairway.Grpc.Server;

/// <summary>Binds a Unix socket in the file system, clearing away what a dead server left there.</summary>
internal static class UnixSocketFile
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <exception cref="IOException">The path can't be listened on; the text says why and what to do.</exception>
    public static Socket Bind(UnixSocketOptions options)
    {
        var endPoint = EndPointOf(options.Path);
        try
        {
            MakeRoom(options.Path, endPoint);
            return BindTo(endPoint, options);
        }
        catch (Exception cause) when (cause is SocketException or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"cannot listen on {options.Path}: {cause.Message}", cause);
        }
    }

    /// <exception cref="IOException">The path is too long.</exception>
    public static UnixDomainSocketEndPoint EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException cause)
        {
            throw new IOException($"cannot listen on {path}: the path is longer than the 107 bytes of a Unix socket", cause);
        }
    }

    private static Socket BindTo(UnixDomainSocketEndPoint endPoint, UnixSocketOptions options)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            // Nobody can connect before listen(), so there is no moment with the wrong mode.
#pragma warning disable CA1416 // Fairway runs on Linux only.
            File.SetUnixFileMode(options.Path, OwnerAndGroup);
#pragma warning restore CA1416
            SetGroup(options);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void MakeRoom(string path, UnixDomainSocketEndPoint endPoint)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (Libc.FileTypeOf(path) is not { } type)
            return;
        if (type != Libc.SocketType) // connect(2) refuses on any other file too, so the probe would take it for stale
            throw new IOException($"cannot listen on {path}: there is a file that is not a socket; remove it or choose another path");
        if (Probe(endPoint) is var state && state != SocketError.ConnectionRefused)
            throw new IOException($"cannot listen on {path}: {WhyNotStale(state)}");
        File.Delete(path);
    }

    /// <summary>Connects without waiting: a server whose queue is full would let us hang.</summary>
    private static SocketError Probe(UnixDomainSocketEndPoint endPoint)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(endPoint);
            return SocketError.Success;
        }
        catch (SocketException refusal)
        {
            return refusal.SocketErrorCode;
        }
    }

    private static string WhyNotStale(SocketError state) => state switch
    {
        SocketError.Success or SocketError.WouldBlock or SocketError.InProgress => "another process listens there already",
        SocketError.AccessDenied => "there is a socket that we may not open; remove it or run as its owner",
        _ => $"there is a socket of another kind ({state}); remove it or choose another path",
    };

    private static void SetGroup(UnixSocketOptions options)
    {
        if (options.GroupId is { } group && !Libc.TrySetGroup(options.Path, group, out var reason))
            throw new IOException($"cannot give {options.Path} to group {group}: {reason}; run as root or as a member of it");
    }
}
