using Fairway.Net.Options;

namespace Fairway.Bgp.Fsm;

/// <summary>A peer with its two possible connections. <see cref="Outgoing"/> also carries start, stop, retry and pause.</summary>
public sealed record PeerSession(BgpSession Outgoing, BgpSession Incoming)
{
    public PeerSession(SessionOptions options)
        : this(new BgpSession { Options = options, Side = ConnectionSide.Outgoing }, new BgpSession { Options = options, Side = ConnectionSide.Incoming })
    {
    }

    /// <summary>The connection that is further.</summary>
    public BgpSession Current => Incoming.State > Outgoing.State ? Incoming : Outgoing;

    public BgpState State => Current.State;

    public BgpSession this[ConnectionSide side] => side is ConnectionSide.Outgoing ? Outgoing : Incoming;

    internal PeerSession With(BgpSession session) =>
        session.Side is ConnectionSide.Outgoing ? this with { Outgoing = session } : this with { Incoming = session };
}
