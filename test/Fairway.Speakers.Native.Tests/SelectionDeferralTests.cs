using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Restart;

namespace Fairway.Speakers.Native.Tests;

/// <summary>RFC 4724 §4.1: whom a restarted speaker waits for.</summary>
public sealed class SelectionDeferralTests
{
    private static readonly AddressFamily V4 = AddressFamily.Ipv4Unicast;
    private static readonly AddressFamily V6 = AddressFamily.Ipv6Unicast;
    private static readonly PeerKey One = new(IpAddr.Parse("192.0.2.1"));
    private static readonly PeerKey Two = new(IpAddr.Parse("192.0.2.2"));

    [Fact]
    public void A_first_start_waits_for_nobody()
    {
        var deferral = new SelectionDeferral(RestartContext.None with { Peers = [new(One, [V4])] });

        Assert.Empty(deferral.Deferred);
        Assert.True(deferral.IsOver);
    }

    [Fact]
    public void A_family_is_selected_when_every_peer_has_sent_End_of_RIB()
    {
        var deferral = Waiting(new(One, [V4, V6]), new(Two, [V4]));

        deferral.EndOfRib(One, V4);
        Assert.Empty(deferral.TakeSelecting(false));
        deferral.EndOfRib(Two, V4);

        Assert.Equal([V4], deferral.TakeSelecting(false));
        Assert.Equal([V4], deferral.TakeComplete(false));
        Assert.Empty(deferral.TakeSelecting(false));
        Assert.Equal([One], deferral.WaitsFor(V6));
    }

    [Fact]
    public void A_peer_that_restarts_too_is_not_waited_for()
    {
        var deferral = Waiting(new(One, [V4]), new(Two, [V4]));
        deferral.EndOfRib(One, V4);

        deferral.SessionUp(Two, peerRestarts: true, [V4]);

        Assert.Equal([V4], deferral.TakeSelecting(false));
    }

    [Fact]
    public void What_a_peer_announces_that_restarts_too_still_belongs_to_re_learning()
    {
        var deferral = Waiting(new RestartPeer(One, [V4]));
        deferral.SessionUp(One, peerRestarts: true, [V4]);
        Assert.Equal([V4], deferral.TakeSelecting(false));
        Assert.Empty(deferral.TakeComplete(restartTimeIsOver: false));

        deferral.EndOfRib(One, V4);

        Assert.Equal([V4], deferral.TakeComplete(restartTimeIsOver: false));
    }

    [Fact]
    public void A_peer_that_comes_back_without_the_family_or_without_graceful_restart_is_not_waited_for()
    {
        var deferral = Waiting(new RestartPeer(One, [V4, V6]));

        deferral.SessionUp(One, peerRestarts: false, [V4]);
        Assert.Equal([V6], deferral.TakeSelecting(false));

        deferral.SessionUp(One, peerRestarts: false, []);
        Assert.Equal([V4], deferral.TakeSelecting(false));
    }

    [Fact]
    public void A_peer_that_is_no_longer_configured_is_not_waited_for()
    {
        var deferral = Waiting(new(One, [V4]), new(Two, [V4]));
        deferral.EndOfRib(One, V4);

        deferral.Retain(new HashSet<PeerKey> { One });

        Assert.Equal([V4], deferral.TakeSelecting(false));
    }

    [Fact]
    public void The_end_of_the_deferral_selects_but_completes_only_with_End_of_RIB_or_the_restart_time()
    {
        var late = Waiting(new RestartPeer(One, [V4]));
        Assert.Equal([V4], late.TakeSelecting(deferralIsOver: true));
        Assert.Empty(late.TakeComplete(restartTimeIsOver: false));
        late.EndOfRib(One, V4);
        Assert.Equal([V4], late.TakeComplete(restartTimeIsOver: false));

        var absent = Waiting(new RestartPeer(One, [V4]));
        absent.TakeSelecting(deferralIsOver: true);
        Assert.Equal([V4], absent.TakeComplete(restartTimeIsOver: true));
        Assert.True(absent.IsOver);
    }

    private static SelectionDeferral Waiting(params RestartPeer[] peers) => new(new RestartContext { Restarting = true, Peers = [.. peers] });
}
