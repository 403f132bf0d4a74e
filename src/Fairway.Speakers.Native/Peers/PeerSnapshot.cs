using System.Net.Sockets;
using Fairway.Bgp.Fsm;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Peers;

/// <summary>What a peer's loop last published of itself.</summary>
internal sealed record PeerSnapshot(PeerOptions Options)
{
    public BgpState State { get; init; }

    public NegotiatedSession? Session { get; init; }

    public DateTimeOffset? EstablishedAt { get; init; }

    public IpAddr? LocalAddress { get; init; }

    /// <summary>Why it is not up.</summary>
    public string? Failure { get; init; }

    /// <summary>Why the last session ended.</summary>
    public string? LastEnd { get; init; }

    public bool IsPeerRestarting { get; init; }

    /// <summary>The socket of the Established session, to be asked and not used; null without one.</summary>
    public Socket? Socket { get; init; }
}
