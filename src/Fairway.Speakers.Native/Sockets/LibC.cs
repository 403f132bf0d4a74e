using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>The few calls of the C library that .NET's sockets do not offer.</summary>
internal static partial class LibC
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint InterfaceIndex(string name);

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial SafeFileHandle OpenSocket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeFileHandle socket, ReadOnlySpan<byte> buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(SafeFileHandle socket, Span<byte> buffer, nint length, int flags);
}
