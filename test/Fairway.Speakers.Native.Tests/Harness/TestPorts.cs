using System.Net;
using System.Net.Sockets;

namespace Fairway.Speakers.Native.Tests.Harness;

/// <summary>Ports that nobody uses.</summary>
internal static class TestPorts
{
    public static ushort Free()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        return (ushort)((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
