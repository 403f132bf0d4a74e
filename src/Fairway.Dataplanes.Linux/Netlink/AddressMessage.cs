using System.Runtime.InteropServices;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>An address of an interface: RTM_NEWADDR and RTM_DELADDR (struct ifaddrmsg, linux/if_addr.h).</summary>
internal sealed record AddressMessage(int Interface, LinkAddress Address)
{
    private const int HeaderSize = 8;
    private const int IndexOffset = 4;

    // IFA_ADDRESS is the peer's on a point-to-point link, where IFA_LOCAL is ours.
    private const ushort AddressAttribute = 1;
    private const ushort LocalAttribute = 2;

    /// <summary>Null for what is not an address, or not well formed.</summary>
    public static AddressMessage? Decode(ReadOnlySpan<byte> body)
    {
        if (body.Length < HeaderSize)
            return null;

        IpAddr? address = null, local = null;
        var reader = new AttributeReader(body[HeaderSize..]);
        while (reader.MoveNext())
        {
            if (reader.Value.Length is not (4 or 16))
                continue;
            if (reader.Type == AddressAttribute)
                address = IpAddr.FromBytes(reader.Value);
            else if (reader.Type == LocalAttribute)
                local = IpAddr.FromBytes(reader.Value);
        }

        if (reader.IsCutOff || (address ?? local) is not { } subnet || body[1] > subnet.BitLength)
            return null;

        return new(MemoryMarshal.Read<int>(body[IndexOffset..]), new LinkAddress(local ?? subnet, new IpPrefix(subnet, body[1])));
    }

    /// <summary>Asks for the addresses of all interfaces and both families.</summary>
    public static void EncodeDump(NetlinkWriter writer)
    {
        for (var written = 0; written < HeaderSize; written += sizeof(uint))
            writer.Write(0u);
    }
}
