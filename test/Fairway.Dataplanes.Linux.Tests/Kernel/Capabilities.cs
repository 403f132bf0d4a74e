using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

/// <summary>Capabilities belong to a thread, so a thread of a test can give its own up.</summary>
internal static partial class Capabilities
{
    // _LINUX_CAPABILITY_VERSION_3 has two words for each of the three sets, linux/capability.h.
    private const uint Version = 0x20080522;

    public static void DropAll() => Assert.Equal(0, SetCapabilities([Version, 0], new uint[6]));

    [LibraryImport("libc", EntryPoint = "capset", SetLastError = true)]
    private static partial int SetCapabilities(uint[] header, uint[] sets);
}
