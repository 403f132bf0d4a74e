using System.Net.Sockets;
using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Peers;

/// <summary>Something for a peer's loop to look at.</summary>
internal abstract record PeerInput
{
    /// <summary>
    /// New options from a plan. <see cref="Reset"/> ends the session so that the next one has them; <see cref="Handled"/> then gives the task
    /// that is done when the RIBs know.
    /// </summary>
    public sealed record Configure(PeerOptions Options, BgpInstanceOptions Instance, bool Reset, TaskCompletionSource<Task> Handled) : PeerInput;

    /// <summary>End the peer: with a NOTIFICATION, or silently for our own graceful restart.</summary>
    public sealed record Stop(NotificationMessage? Notification) : PeerInput;

    public sealed record Timer(ConnectionSide Side, BgpTimer Which, int Version) : PeerInput;

    /// <summary>The peer has opened a connection.</summary>
    public sealed record Accepted(Socket Socket) : PeerInput;

    /// <summary>Our attempt to connect has ended, with a socket or a reason.</summary>
    public sealed record Dialled(int Attempt, Socket? Socket, string Reason) : PeerInput;

    /// <summary>A message, or the loss of the connection, that the session decides on. The connection reads on once <see cref="Handled"/> is set.</summary>
    public sealed record Received(Connection Connection, BgpEvent Event, TaskCompletionSource Handled) : PeerInput;

    /// <summary>The restart time of a peer that went away is over (RFC 4724 §4.2).</summary>
    public sealed record RestartTimeOver(int Version) : PeerInput;
}
