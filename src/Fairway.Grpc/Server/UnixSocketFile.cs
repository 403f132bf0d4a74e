using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Grpc.Server;

/// <summary>Binds a Unix socket in the file system, clearing away what a dead server left there.</summary>
internal static partial class UnixSocketFile
{
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private const uint SameOwner = uint.MaxValue; // chown(2): -1 leaves it unchanged

    /// <exception cref="IOException">The path can't be listened on; the text says why and what to do.</exception>
    public static Socket Bind(UnixSocketOptions options)
    {
        try
        {
            var endPoint = EndPointOf(options.Path);
            MakeRoom(options.Path, endPoint);
            return BindTo(endPoint, options);
        }
        catch (Exception cause) when (cause is SocketException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot listen on {options.Path}: {cause.Message}", cause);
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

    private static UnixDomainSocketEndPoint EndPointOf(string path)
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

    private static void MakeRoom(string path, UnixDomainSocketEndPoint endPoint)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Directory.Exists(path))
            throw new IOException($"cannot listen on {path}: it is a directory");
        if (!File.Exists(path))
            return;
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
        _ => "there is a file that is not a stream socket; remove it or choose another path",
    };

    private static void SetGroup(UnixSocketOptions options)
    {
        if (options.GroupId is { } group && Chown(options.Path, SameOwner, group) != 0)
            throw new IOException(
                $"cannot give {options.Path} to group {group}: {Marshal.GetLastPInvokeErrorMessage()}; run as root or as a member of it");
    }

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);
}
