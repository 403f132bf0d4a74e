using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>Options of a session's socket, set and read back from the kernel.</summary>
internal static class SocketOptions
{
    private const int SocketLevel = 1;
    private const int BindToDeviceOption = 25;
    private const int TcpLevel = 6;
    private const int NotSentLowWater = 25;
    private const int IpLevel = 0;
    private const int IpTtl = 2;
    private const int Ipv6Level = 41;
    private const int Ipv6UnicastHops = 16;

    public static void SetTtl(Socket socket, int ttl)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(value, ttl);
        var (level, option) = TtlOption(socket);
        socket.SetRawSocketOption(level, option, value);
    }

    public static int GetTtl(Socket socket)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        var (level, option) = TtlOption(socket);
        socket.GetRawSocketOption(level, option, value);
        return MemoryMarshal.Read<int>(value);
    }

    /// <summary>Traffic of the socket leaves and arrives by this interface only (SO_BINDTODEVICE).</summary>
    public static void BindToDevice(Socket socket, string name) =>
        socket.SetRawSocketOption(SocketLevel, BindToDeviceOption, Encoding.ASCII.GetBytes(name));

    /// <summary>The kernel takes no more than this many octets that it has not sent yet, so that what follows is decided late.</summary>
    public static void LimitUnsent(Socket socket, int octets)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(value, octets);
        socket.SetRawSocketOption(TcpLevel, NotSentLowWater, value);
    }

    private static (int Level, int Option) TtlOption(Socket socket) => socket.AddressFamily == AddressFamily.InterNetworkV6
        ? (Ipv6Level, Ipv6UnicastHops)
        : (IpLevel, IpTtl);
}
