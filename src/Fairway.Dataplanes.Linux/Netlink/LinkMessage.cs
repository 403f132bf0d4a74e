using System.Runtime.InteropServices;
using System.Text;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>An interface: RTM_NEWLINK and RTM_DELLINK (struct ifinfomsg, linux/rtnetlink.h).</summary>
internal sealed record LinkMessage(int Index, string Name, LinkFlags Flags)
{
    private const int HeaderSize = 16;
    private const int IndexOffset = 4;
    private const int FlagsOffset = 8;
    private const byte Unspecified = 0;

    // IFLA_IFNAME, linux/if_link.h
    private const ushort NameAttribute = 3;

    /// <summary>Administratively up with carrier.</summary>
    public bool IsUp => Flags.HasFlag(LinkFlags.Up | LinkFlags.Running);

    /// <summary>Null for what is cut off or is not about the interface itself (a bridge tells of its ports in the same messages).</summary>
    public static LinkMessage? Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderSize || body[0] != Unspecified)
            return null;

        var index = MemoryMarshal.Read<int>(body[IndexOffset..]);
        var flags = (LinkFlags)MemoryMarshal.Read<uint>(body[FlagsOffset..]);
        var reader = new AttributeReader(body[HeaderSize..]);
        while (reader.MoveNext())
        {
            if (reader.Type == NameAttribute)
                return new(index, Encoding.UTF8.GetString(reader.Value.TrimEnd((byte)0)), flags);
        }

        return null;
    }

    /// <summary>Asks for all interfaces.</summary>
    public static void EncodeDump(NetlinkWriter writer)
    {
        for (var written = 0; written < HeaderSize; written += sizeof(uint))
            writer.Write(0u);
    }
}
