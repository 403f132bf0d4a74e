using System.Net;
using System.Net.Sockets;

namespace Fairway.Agent.Tests;

/// <summary>Finds a port that nobody uses on an address.</summary>
internal static class FreePort
{
    public static ushort Find(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
