using System.Buffers;
using System.Net.Sockets;
using Fairway.Bgp.Wire;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>Turns a connection away with a NOTIFICATION.</summary>
internal static class Farewell
{
    public static void Send(Socket socket, NotificationMessage notification)
    {
        var bytes = new ArrayBufferWriter<byte>();
        BgpMessageCodec.Encode(notification, new SessionCodecOptions(), bytes);
        try
        {
            socket.Blocking = false;
            socket.Send(bytes.WrittenSpan);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It has gone by itself.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
