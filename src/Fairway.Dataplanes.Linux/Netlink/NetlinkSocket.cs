using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Dataplanes.Linux.Netlink;

/// <summary>
/// A route netlink socket. It belongs to the network namespace of the thread that opens it, for good.
/// </summary>
internal sealed partial class NetlinkSocket : IDisposable
{
    // linux/netlink.h, asm-generic/socket.h
    private const int NetlinkFamily = 16;
    private const int RawCloseOnExec = 3 | 0x80000;
    private const int RouteProtocol = 0;
    private const int SolNetlink = 270;
    private const int SolSocket = 1;
    private const int AttachFilter = 26;
    private const int ReceiveBufferForce = 33;

    private readonly Socket _socket;

    internal NetlinkSocket(Socket socket) => _socket = socket;

    public static NetlinkSocket Open()
    {
        var handle = new SafeSocketHandle(OpenSocket(NetlinkFamily, RawCloseOnExec, RouteProtocol), ownsHandle: true);
        if (handle.IsInvalid || Bind(handle, new Address { Family = NetlinkFamily }, Marshal.SizeOf<Address>()) != 0)
            throw new DataplaneException(
                $"The kernel gives no route netlink socket (errno {Marshal.GetLastPInvokeError()}): " +
                "is AF_NETLINK allowed by the seccomp profile or systemd's RestrictAddressFamilies?");

        return new(new Socket(handle));
    }

    /// <summary>Switches an option on; an older kernel that does not know it goes without.</summary>
    public void TrySet(NetlinkOption option)
    {
        try
        {
            _socket.SetRawSocketOption(SolNetlink, (int)option, MemoryMarshal.AsBytes<int>([1]));
        }
        catch (SocketException)
        {
            // Each option only saves work: filters and texts are not relied upon.
        }
    }

    public void Subscribe(RouteGroup group) =>
        _socket.SetRawSocketOption(SolNetlink, (int)NetlinkOption.AddMembership, MemoryMarshal.AsBytes<int>([(int)group]));

    /// <summary>Bytes of messages that may wait for us; beyond the system's limit only with CAP_NET_ADMIN of the host.</summary>
    public void SetReceiveBuffer(int bytes)
    {
        try
        {
            _socket.SetRawSocketOption(SolSocket, ReceiveBufferForce, MemoryMarshal.AsBytes<int>([bytes]));
        }
        catch (SocketException)
        {
            _socket.ReceiveBufferSize = bytes;
        }
    }

    /// <summary>The kernel drops messages that a request of <paramref name="portId"/> caused, before they take up buffer.</summary>
    public unsafe void IgnoreCausedBy(uint portId)
    {
        var program = PacketFilter.DropPortId(portId);
        fixed (PacketFilter.Instruction* instructions = program)
        {
            var filter = new PacketFilter.Program { Length = (ushort)program.Length, Instructions = instructions };
            _socket.SetRawSocketOption(SolSocket, AttachFilter, new ReadOnlySpan<byte>(&filter, sizeof(PacketFilter.Program)));
        }
    }

    public void SetReceiveTimeout(TimeSpan timeout) => _socket.ReceiveTimeout = (int)timeout.TotalMilliseconds;

    public void Send(ReadOnlySpan<byte> messages) => _socket.Send(messages);

    public int Receive(Span<byte> buffer) => _socket.Receive(buffer);

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);

    /// <summary>Without waiting; <see cref="SocketError.WouldBlock"/> if nothing is there.</summary>
    public int ReceiveNow(Span<byte> buffer, out SocketError error)
    {
        _socket.Blocking = false;
        return _socket.Receive(buffer, SocketFlags.None, out error);
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int domain, int type, int protocol);

    // Without a port id, which a bind to 0 lets the kernel choose, a socket gets no multicast.
    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeSocketHandle socket, in Address address, int length);

    /// <summary>struct sockaddr_nl</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        public ushort Family;
        public ushort Padding;
        public uint PortId;
        public uint Groups;
    }
}

/// <summary>Options of a netlink socket, linux/netlink.h.</summary>
internal enum NetlinkOption
{
    AddMembership = 1,

    /// <summary>Errors do not repeat the request.</summary>
    CappedAck = 10,

    /// <summary>Errors come with a text.</summary>
    ExtendedAck = 11,

    /// <summary>Dumps take the filters of their request seriously.</summary>
    StrictCheck = 12,
}

/// <summary>Multicast groups of route netlink, linux/rtnetlink.h.</summary>
internal enum RouteGroup
{
    Link = 1,
    Ipv4Address = 5,
    Ipv4Route = 7,
    Ipv6Address = 9,
    Ipv6Route = 11,
}
