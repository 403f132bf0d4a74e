using System.Net;
using System.Net.Sockets;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native;

/// <content>Connections that others open.</content>
public sealed partial class NativeSpeaker
{
    private void Accept(Socket socket)
    {
        if (RemoteOf(socket) is not { } remote)
        {
            socket.Dispose();
            return;
        }

        var address = IpAddr.From(remote.Address);
        var zone = address is { IsIPv6: true, IsLinkLocal: true } ? Interfaces.NameOf(remote.Address.ScopeId) : null;
        if (_instance is { } instance && instance.Peers.TryGetValue(new PeerKey(address, zone), out var peer))
        {
            peer.Accept(socket);
            return;
        }

        Farewell.Send(socket, NotificationMessage.Cease(CeaseSubcode.ConnectionRejected)); // RFC 4486 §4
        if (_unknownPeers.TryPass(out var heldBack))
        {
            _log.UnknownPeer(address.ToString(), heldBack);
        }
    }

    private static IPEndPoint? RemoteOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint as IPEndPoint;
        }
        catch (SocketException)
        {
            return null; // it was reset before we looked at it
        }
    }
}
