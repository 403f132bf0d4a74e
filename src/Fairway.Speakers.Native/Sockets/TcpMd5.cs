using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>
/// TCP MD5 signatures (RFC 2385) on a socket. A key belongs to a peer's address: on a listening socket the kernel then drops every segment
/// from that peer which is not signed with it, before anything is accepted.
/// </summary>
internal static class TcpMd5
{
    /// <summary>TCP_MD5SIG_MAXKEYLEN.</summary>
    public const int MaxKeyLength = 80;

    private const int TcpLevel = 6;
    private const int TcpMd5Sig = 14;
    private const int SizeOfOption = 216;
    private const int KeyLengthOffset = 130;
    private const int KeyOffset = 136;

    public static void Set(Socket socket, IpAddr peer, SecretValue secret) => SetKey(socket, peer, KeyOf(secret));

    public static void Remove(Socket socket, IpAddr peer)
    {
        try
        {
            SetKey(socket, peer, []);
        }
        catch (SocketException missing) when (missing.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            // ENOENT, as .NET calls it: there was no key.
        }
    }

    /// <summary>The octets the kernel gets for a secret. Throws when they are too many.</summary>
    public static byte[] KeyOf(SecretValue secret)
    {
        var key = Encoding.UTF8.GetBytes(secret.Reveal());
        return key.Length <= MaxKeyLength
            ? key
            : throw new KeyRefusedException($"the TCP MD5 key has {key.Length} octets; Linux takes at most {MaxKeyLength}");
    }

    // struct tcp_md5sig: sockaddr_storage (128), flags (1), prefix length (1), key length (2), interface index (4), key (80).
    private static void SetKey(Socket socket, IpAddr peer, ReadOnlySpan<byte> key)
    {
        Span<byte> option = stackalloc byte[SizeOfOption];
        option.Clear();
        WriteAddress(option, peer);
        MemoryMarshal.Write(option[KeyLengthOffset..], (ushort)key.Length);
        key.CopyTo(option[KeyOffset..]);
        socket.SetRawSocketOption(TcpLevel, TcpMd5Sig, option);
        option.Clear();
    }

    // sockaddr_in: family (2), port (2), address (4). sockaddr_in6: family (2), port (2), flow (4), address (16).
    private static void WriteAddress(Span<byte> option, IpAddr peer)
    {
        const ushort inet = 2, inet6 = 10;
        MemoryMarshal.Write(option, peer.IsIPv6 ? inet6 : inet);
        BinaryPrimitives.WriteUInt16BigEndian(option[2..], 0);
        peer.WriteTo(option[(peer.IsIPv6 ? 8 : 4)..]);
    }
}
