using System.ComponentModel;
using System.Runtime.InteropServices;
using Fairway.Net;
using Microsoft.Win32.SafeHandles;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>Asks the kernel for listening sockets and their MD5 keys over sock_diag netlink (linux/inet_diag.h).</summary>
internal static class SockDiag
{
    private const int NetlinkFamily = 16, RawSocket = 3, CloseOnExec = 0x80000, SockDiagProtocol = 4;
    private const ushort ByFamily = 20, ErrorMessage = 2, DoneMessage = 3;
    private const ushort RequestDump = 0x301; // NLM_F_REQUEST | NLM_F_DUMP
    private const int HeaderSize = 16, RequestSize = HeaderSize + 56, SocketInfoSize = 72, InodeOffset = 68;
    private const byte Tcp = 6, Inet = 2, Inet6 = 10;
    private const byte AskForInfo = 1 << 1; // INET_DIAG_INFO: Linux 6.18 leaves the keys out of an answer to which nothing was asked for
    private const uint ListenState = 1 << 10;
    private const ushort MarkAttribute = 15; // like the keys, for CAP_NET_ADMIN alone
    private const ushort Md5Attribute = 18;
    private const int KeyRecordSize = 100, KeyOffset = 20;

    public static SocketDump ReadListeners()
    {
        var keys = new Dictionary<uint, IReadOnlyDictionary<IpAddr, byte[]>>();
        var showsKeys = false;
        using var netlink = LibC.OpenSocket(NetlinkFamily, RawSocket | CloseOnExec, SockDiagProtocol);
        if (netlink.IsInvalid)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        foreach (var family in (ReadOnlySpan<byte>)[Inet, Inet6])
        {
            Request(netlink, family);
            while (!ReadPart(netlink, keys, ref showsKeys))
            {
            }
        }

        return new(showsKeys, keys);
    }

    // struct nlmsghdr, then struct inet_diag_req_v2: family, protocol, extensions, pad, states, socket id (48).
    private static void Request(SafeFileHandle netlink, byte family)
    {
        Span<byte> request = stackalloc byte[RequestSize];
        request.Clear();
        MemoryMarshal.Write(request, RequestSize);
        MemoryMarshal.Write(request[4..], ByFamily);
        MemoryMarshal.Write(request[6..], RequestDump);
        request[HeaderSize] = family;
        request[HeaderSize + 1] = Tcp;
        request[HeaderSize + 2] = AskForInfo;
        MemoryMarshal.Write(request[(HeaderSize + 4)..], ListenState);
        if (LibC.Send(netlink, request, request.Length, 0) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Reads one datagram; true once the dump is complete.</summary>
    private static bool ReadPart(SafeFileHandle netlink, Dictionary<uint, IReadOnlyDictionary<IpAddr, byte[]>> keys, ref bool showsKeys)
    {
        Span<byte> buffer = new byte[64 * 1024];
        var length = LibC.Receive(netlink, buffer, buffer.Length, 0);
        if (length < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        var rest = buffer[..(int)length];
        while (rest.Length >= HeaderSize)
        {
            var size = MemoryMarshal.Read<int>(rest);
            switch (MemoryMarshal.Read<ushort>(rest[4..]))
            {
                case DoneMessage:
                    return true;
                case ErrorMessage:
                    throw new Win32Exception(-MemoryMarshal.Read<int>(rest[HeaderSize..]));
                default:
                    ReadSocket(rest[HeaderSize..size], keys, ref showsKeys);
                    break;
            }

            rest = rest[Math.Min(Align(size), rest.Length)..];
        }

        return false;
    }

    // struct inet_diag_msg (72 octets), then attributes.
    private static void ReadSocket(ReadOnlySpan<byte> socket, Dictionary<uint, IReadOnlyDictionary<IpAddr, byte[]>> keys, ref bool showsKeys)
    {
        var inode = MemoryMarshal.Read<uint>(socket[InodeOffset..]);
        var attributes = socket[SocketInfoSize..];
        while (attributes.Length >= 4)
        {
            var size = MemoryMarshal.Read<ushort>(attributes);
            var type = MemoryMarshal.Read<ushort>(attributes[2..]);
            showsKeys |= type == MarkAttribute;
            if (type == Md5Attribute)
            {
                keys[inode] = ReadKeys(attributes[4..size]);
            }

            attributes = attributes[Math.Min(Align(size), attributes.Length)..];
        }
    }

    // struct tcp_diag_md5sig: family (1), prefix length (1), key length (2), address (16), key (80).
    private static Dictionary<IpAddr, byte[]> ReadKeys(ReadOnlySpan<byte> records)
    {
        var keys = new Dictionary<IpAddr, byte[]>();
        for (; records.Length >= KeyRecordSize; records = records[KeyRecordSize..])
        {
            var address = IpAddr.FromBytes(records.Slice(4, records[0] == Inet6 ? 16 : 4));
            keys[address] = records.Slice(KeyOffset, MemoryMarshal.Read<ushort>(records[2..])).ToArray();
        }

        return keys;
    }

    private static int Align(int size) => (size + 3) & ~3;
}
