using Fairway.Bgp.Fsm;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native.Peers;

/// <summary>What a peer's options mean for its sessions.</summary>
internal static class SessionOptionsFactory
{
    /// <param name="peer">The peer.</param>
    /// <param name="instance">Our own side.</param>
    /// <param name="restart">How we started, or null once that no longer matters to the peer.</param>
    public static SessionOptions Of(PeerOptions peer, BgpInstanceOptions instance, RestartContext? restart) => new()
    {
        LocalAsn = instance.Asn,
        LocalId = instance.RouterId,
        PeerAsn = peer.Asn,
        PeerType = peer.Type,
        HoldTime = peer.Timers.Hold,
        Keepalive = peer.Timers.Keepalive,
        ConnectRetry = peer.Timers.ConnectRetry,
        Passive = peer.Passive,
        Families = [.. peer.Families.Select(family => family.Family)],
        GracefulRestart = GracefulRestart(peer, instance, restart),
    };

    /// <summary>True when a session has to begin anew to follow the change.</summary>
    public static bool NeedsReset(PeerOptions before, BgpInstanceOptions instanceBefore, PeerOptions after, BgpInstanceOptions instanceAfter) =>
        OfOpen(before, instanceBefore) != OfOpen(after, instanceAfter) || OfSocket(before) != OfSocket(after);

    // How connections are opened may change without touching one that is up.
    private static SessionOptions OfOpen(PeerOptions peer, BgpInstanceOptions instance) =>
        Of(peer, instance, null) with { ConnectRetry = default, Passive = false };

    private static (ushort Port, IpAddr? Source, string? Interface, int Ttl, SecretValue? Password) OfSocket(PeerOptions peer) =>
        (peer.Port, peer.SourceAddress, peer.SourceInterface, PeerSocket.TtlOf(peer), peer.Password);

    // RFC 4724 §3. A helper lists no family: it keeps the routes of others and does not ask them to keep its own. After the first session of
    // this start the R bit is off, and the F bits are on because we forward as long as we run.
    private static GracefulRestartCapability? GracefulRestart(PeerOptions peer, BgpInstanceOptions instance, RestartContext? restart)
    {
        var isRestarting = restart?.Restarting ?? false;
        var families = peer.Families.Select(family => new GracefulRestartFamily(family.Family, IsForwardingPreserved(restart, family.Family)));
        return peer.GracefulRestart switch
        {
            GracefulRestartMode.Off => null,
            GracefulRestartMode.Helper => new(isRestarting, TimeSpan.Zero, []),
            _ => new(isRestarting, peer.RestartTime ?? instance.GracefulRestart.RestartTime, [.. families]),
        };
    }

    private static bool IsForwardingPreserved(RestartContext? restart, AddressFamily family) =>
        restart is null || restart.ForwardingPreserved.Contains(family);
}
