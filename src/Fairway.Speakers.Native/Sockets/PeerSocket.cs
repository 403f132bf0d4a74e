using System.Net;
using System.Net.Sockets;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>Makes sockets as a peer's options want them, for connections of either direction.</summary>
internal static class PeerSocket
{
    private const int UnsentLimit = 128 * 1024;
    private const int InternalTtl = 64;

    /// <summary>External peers are one hop away unless multihop says otherwise (RFC 4271 §5.1.3 calls them "one IP hop away").</summary>
    public static int TtlOf(PeerOptions options) => options.MultihopTtl ?? (options.Type == PeerType.External ? 1 : InternalTtl);

    /// <summary>Opens a connection. Throws <see cref="SocketException"/> with what the kernel said.</summary>
    public static async Task<Socket> ConnectAsync(PeerOptions options, CancellationToken cancellationToken)
    {
        var socket = New(options.Key.Address);
        try
        {
            Prepare(socket, options);
            if (options.SourceAddress is { } source)
            {
                socket.Bind(EndPoint(source, 0, options.Key.Interface));
            }

            await socket.ConnectAsync(EndPoint(options.Key.Address, options.Port, options.Key.Interface), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Gives an accepted connection the options of its peer.</summary>
    public static void Adopt(Socket accepted, PeerOptions options) => Prepare(accepted, options);

    /// <summary>A TCP socket of one family; an IPv6 socket never takes IPv4.</summary>
    public static Socket New(IpAddr address)
    {
        var socket = new Socket(address.ToIPAddress().AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.IsIPv6)
        {
            socket.DualMode = false;
        }

        return socket;
    }

    /// <summary>An address with its zone. An interface that does not exist is an error here, not a connection over another one.</summary>
    public static IPEndPoint EndPoint(IpAddr address, ushort port, string? zone)
    {
        if (!address.IsIPv6 || !address.IsLinkLocal)
        {
            return new IPEndPoint(address.ToIPAddress(), port);
        }

        var index = zone is null ? 0 : Interfaces.IndexOf(zone);
        return index != 0
            ? new IPEndPoint(address.ToIPAddress(index), port)
            : throw new InvalidOperationException(zone is null ? $"{address} is link-local and needs an interface" : $"there is no interface {zone}");
    }

    /// <summary>Our address of a connection; unspecified when it has died already, which its reader is about to find out.</summary>
    public static IpAddr LocalAddressOf(Socket socket)
    {
        try
        {
            return IpAddr.From(((IPEndPoint)socket.LocalEndPoint!).Address);
        }
        catch (SocketException)
        {
            return default;
        }
    }

    private static void Prepare(Socket socket, PeerOptions options)
    {
        socket.NoDelay = true;
        SocketOptions.LimitUnsent(socket, UnsentLimit);
        SocketOptions.SetTtl(socket, TtlOf(options));
        if (options.SourceInterface is { } name)
        {
            SocketOptions.BindToDevice(socket, name);
        }

        // On an accepted socket the listener's key is there already. Should the connection have crept in before the key did, then this key
        // makes the kernel drop what the peer sends unsigned, and the session never comes up.
        if (options.Password is { } password)
        {
            TcpMd5.Set(socket, options.Key.Address, password);
        }
    }
}
