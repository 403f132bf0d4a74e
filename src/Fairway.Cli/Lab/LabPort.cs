using System.Net;
using System.Net.Sockets;

namespace Fairway.Cli.Lab;

/// <summary>A port that is free on the address of every agent of the lab.</summary>
internal static class LabPort
{
    private const int Attempts = 20;

    /// <exception cref="IOException">The machine has no such port.</exception>
    public static ushort Find()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var first = Bind(LabFiles.Nodes[0], 0)!;
            var port = ((IPEndPoint)first.LocalEndPoint!).Port;
            var others = LabFiles.Nodes.Skip(1).Select(node => Bind(node, port)).ToList();
            others.ForEach(socket => socket?.Dispose());
            if (others.TrueForAll(socket => socket is not null))
            {
                return (ushort)port;
            }
        }

        throw new IOException($"no TCP port is free on all of {string.Join(", ", LabFiles.Nodes.Select(node => node.Address))}");
    }

    private static Socket? Bind(LabNode node, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(node.Address), port));
            return socket;
        }
        catch (SocketException) when (port != 0)
        {
            socket.Dispose();
            return null;
        }
    }
}
