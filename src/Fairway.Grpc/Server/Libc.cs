using System.Runtime.InteropServices;

namespace Fairway.Grpc.Server;

/// <summary>What .NET can't ask of a file on Linux: its type, and to change its group.</summary>
internal static partial class Libc
{
    /// <summary>S_IFSOCK of inode(7).</summary>
    public const int SocketType = 0xc000;

    private const int TypeMask = 0xf000;        // S_IFMT
    private const uint SameOwner = uint.MaxValue; // chown(2): -1 leaves it unchanged
    private const int CurrentDirectory = -100;  // AT_FDCWD
    private const int NoFollow = 0x100;         // AT_SYMLINK_NOFOLLOW
    private const uint TypeOnly = 1;            // STATX_TYPE
    private const int StatxSize = 256;
    private const int ModeOffset = 28;          // stx_mode; struct statx looks the same on every architecture

    /// <summary>The file type bits of what has this name, a symbolic link included; null if nothing has it.</summary>
    public static int? FileTypeOf(string path)
    {
        Span<byte> statx = stackalloc byte[StatxSize];
        if (Statx(CurrentDirectory, path, NoFollow, TypeOnly, statx) != 0)
            return null;
        return MemoryMarshal.Read<ushort>(statx[ModeOffset..]) & TypeMask;
    }

    public static bool TrySetGroup(string path, uint group, out string reason)
    {
        var done = Chown(path, SameOwner, group) == 0;
        reason = done ? "" : Marshal.GetLastPInvokeErrorMessage();
        return done;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> result);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint owner, uint group);
}
