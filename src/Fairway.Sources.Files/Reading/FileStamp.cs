using System.Runtime.InteropServices;

namespace Fairway.Sources.Files.Reading;

/// <summary>
/// What tells two versions of a file apart without reading it, symbolic links followed. The inode survives a rename; the time of the last
/// status change (ctime) differs after every write, whatever a program does to the other times.
/// </summary>
internal readonly partial record struct FileStamp
{
    // linux/stat.h: struct statx has the same layout on every architecture.
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int SizeOffset = 40;
    private const int ChangedOffset = 96;
    private const int ModifiedOffset = 112;
    private const int DeviceOffset = 136;
    private const uint BasicStats = 0x7FF;
    private const int CurrentDirectory = -100;
    private const int TypeMask = 0xF000;
    private const int Directory = 0x4000;
    private const int Regular = 0x8000;

    private readonly ushort _mode;

    private FileStamp(ReadOnlySpan<byte> statx)
    {
        _mode = MemoryMarshal.Read<ushort>(statx[ModeOffset..]);
        Inode = MemoryMarshal.Read<ulong>(statx[InodeOffset..]);
        Size = MemoryMarshal.Read<long>(statx[SizeOffset..]);
        Changed = Time(statx[ChangedOffset..]);
        Modified = Time(statx[ModifiedOffset..]);
        Device = MemoryMarshal.Read<ulong>(statx[DeviceOffset..]);
    }

    public ulong Device { get; }

    public ulong Inode { get; }

    public long Size { get; }

    public Int128 Modified { get; }

    public Int128 Changed { get; }

    public FileId Id => new(Device, Inode);

    public bool IsDirectory => (_mode & TypeMask) == Directory;

    public bool IsRegular => (_mode & TypeMask) == Regular;

    /// <summary>Reads the stamp; null with the reason when there is none.</summary>
    public static FileStamp? Of(string path, out string? error)
    {
        Span<byte> buffer = stackalloc byte[StatxSize];
        var failed = Statx(CurrentDirectory, path, 0, BasicStats, ref MemoryMarshal.GetReference(buffer)) != 0;
        error = failed ? Marshal.GetLastPInvokeErrorMessage() : null;
        return failed ? null : new FileStamp(buffer);
    }

    /// <summary>Seconds and nanoseconds as one number.</summary>
    private static Int128 Time(ReadOnlySpan<byte> time) => ((Int128)MemoryMarshal.Read<long>(time) * 1_000_000_000) + MemoryMarshal.Read<uint>(time[8..]);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte buffer);
}

/// <summary>The same file under whatever name.</summary>
internal readonly record struct FileId(ulong Device, ulong Inode);
