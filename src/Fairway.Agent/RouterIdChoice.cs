using System.Net.Sockets;
using System.Text;
using Fairway.Net;

namespace Fairway.Agent;

/// <summary>Chooses a router id where none is configured (design D18); the caller keeps it in the state.</summary>
internal static class RouterIdChoice
{
    /// <summary>The source address towards the first IPv4 peer, else a hash of the node's name.</summary>
    public static RouterId Choose(string node, IEnumerable<IpAddr> peers)
    {
        foreach (var peer in peers.Where(peer => peer.IsIPv4).Order())
        {
            if (SourceTowards(peer) is { } source && IsUsable((uint)source.Bits))
            {
                return new RouterId((uint)source.Bits);
            }
        }

        return FromName(node);
    }

    /// <summary>FNV-1a-32 of the name; results that cannot be an identifier are hashed again.</summary>
    public static RouterId FromName(string node)
    {
        var hash = Fnv1a(Encoding.UTF8.GetBytes(node));
        while (!IsUsable(hash))
        {
            hash = Fnv1a(BitConverter.GetBytes(hash));
        }

        return new RouterId(hash);
    }

    private static bool IsUsable(uint id) => id >> 24 is not (0 or 127 or >= 224);

    // Connecting a datagram socket sends nothing; it only asks the kernel for the way.
    private static IpAddr? SourceTowards(IpAddr peer)
    {
        try
        {
            using var socket = new Socket(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(peer.ToIPAddress(), 179);
            return IpAddr.From(((System.Net.IPEndPoint)socket.LocalEndPoint!).Address);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static uint Fnv1a(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261;
        foreach (var octet in bytes)
        {
            hash = (hash ^ octet) * 16777619;
        }

        return hash;
    }
}
