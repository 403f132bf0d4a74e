namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>The header of a message (struct nlmsghdr), all in host byte order. <see cref="Length"/> includes it.</summary>
// +---------------------------------------------------------------+
// |                          Length (32)                          |
// +-------------------------------+-------------------------------+
// |           Type (16)           |          Flags (16)           |
// +-------------------------------+-------------------------------+
// |                         Sequence (32)                         |
// +---------------------------------------------------------------+
// |                          Port ID (32)                         |
// +---------------------------------------------------------------+
internal readonly record struct NetlinkHeader(uint Length, NetlinkType Type, NetlinkFlags Flags, uint Sequence, uint PortId)
{
    public const int Size = 16;

    /// <summary>Messages and attributes start at multiples of 4.</summary>
    public static int Align(int length) => (length + 3) & ~3;
}
