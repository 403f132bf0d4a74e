using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>The helper's side of graceful restart (RFC 4724 §4.2), with a stub as the peer that restarts.</summary>
public sealed class RestartHelperTests : IAsyncLifetime
{
    private const string Kept = "192.0.2.0/24";
    private const string Gone = "198.51.100.0/24";
    private static readonly TimeSpan RestartTime = TimeSpan.FromSeconds(100);
    private static readonly AddressFamily V4 = AddressFamily.Ipv4Unicast;
    private readonly ManualTimeProvider _clock = new();
    private readonly ushort _port = TestPorts.Free();
    private TestSpeaker _speaker = null!;

    public async Task InitializeAsync()
    {
        _speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", _port), _clock);
        await _speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", _port, 64511) with { Passive = true });
    }

    [Fact]
    public async Task Routes_of_a_lost_peer_stay_as_stale_until_it_has_sent_all_again()
    {
        await LoseAsync();
        await StaleAsync(Gone, Kept);
        Assert.True((await _speaker.PeerAsync("127.0.0.2")).PeerRestarting);

        using var back = await OpenAsync(Restart(isRestarting: true, isPreserved: true));
        await back.AnnounceAsync(64511, "127.0.0.2", Kept);
        await StaleAsync(Gone);
        await back.SendAsync(new UpdateMessage { EndOfRib = V4 });

        await _speaker.HoldsAsync(Kept);
        await StaleAsync();
        Assert.False((await _speaker.PeerAsync("127.0.0.2")).PeerRestarting);
    }

    [Fact]
    public async Task A_peer_that_lost_its_forwarding_loses_its_stale_routes_when_it_is_back()
    {
        await LoseAsync();

        using var back = await OpenAsync(Restart(isRestarting: true, isPreserved: false));

        await _speaker.HoldsAsync();
    }

    [Fact]
    public async Task A_peer_that_comes_back_without_graceful_restart_loses_them_as_well()
    {
        await LoseAsync();

        using var back = await OpenAsync();

        await _speaker.HoldsAsync();
    }

    [Fact]
    public async Task A_peer_that_does_not_come_back_in_its_restart_time_loses_its_routes()
    {
        await LoseAsync();
        _clock.Advance(RestartTime - TimeSpan.FromSeconds(1));
        await StaleAsync(Gone, Kept);

        _clock.Advance(TimeSpan.FromSeconds(2));

        await _speaker.HoldsAsync();
        await _speaker.PeerIsAsync("127.0.0.2", peer => !peer.PeerRestarting, "no longer restarting");
    }

    [Fact]
    public async Task A_peer_that_is_back_but_never_completes_loses_what_is_still_stale()
    {
        await LoseAsync();
        using var back = await OpenAsync(Restart(isRestarting: true, isPreserved: true), hold: TimeSpan.Zero);
        await back.AnnounceAsync(64511, "127.0.0.2", Kept);
        await StaleAsync(Gone);

        _clock.Advance(new NativeSpeakerOptions().StaleTime + TimeSpan.FromSeconds(1));

        await _speaker.HoldsAsync(Kept);
    }

    [Fact]
    public async Task A_NOTIFICATION_ends_it_all_at_once()
    {
        using var stub = await OpenAsync(Restart(isRestarting: false, isPreserved: true));
        await stub.AnnounceAsync(64511, "127.0.0.2", Kept);
        await _speaker.HoldsAsync(Kept);

        await stub.SendAsync(NotificationMessage.Cease(CeaseSubcode.AdministrativeReset));

        await _speaker.HoldsAsync();
    }

    [Fact]
    public async Task The_expiry_of_the_hold_timer_keeps_nothing()
    {
        using var stub = await OpenAsync(Restart(isRestarting: false, isPreserved: true));
        await stub.AnnounceAsync(64511, "127.0.0.2", Kept);
        await _speaker.HoldsAsync(Kept);

        _clock.Advance(TimeSpan.FromSeconds(91));

        await _speaker.HoldsAsync();
    }

    [Fact]
    public async Task A_new_connection_of_an_Established_peer_takes_the_place_of_the_old()
    {
        using var old = await OpenAsync(Restart(isRestarting: false, isPreserved: true));
        await old.AnnounceAsync(64511, "127.0.0.2", Kept);
        await _speaker.HoldsAsync(Kept);

        using var fresh = await OpenAsync(Restart(isRestarting: true, isPreserved: true));

        Assert.Null(await LastAsync(old));
        await StaleAsync(Kept);
        await fresh.AnnounceAsync(64511, "127.0.0.2", Kept);
        await StaleAsync();
    }

    [Fact]
    public async Task Without_graceful_restart_a_second_connection_is_refused_and_a_loss_removes_all()
    {
        var stub = await OpenAsync();
        await stub.AnnounceAsync(64511, "127.0.0.2", Kept);
        await _speaker.HoldsAsync(Kept);
        using var second = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port);
        Assert.Equal(NotificationMessage.Cease(CeaseSubcode.ConnectionCollisionResolution), await second.NextAsync());

        stub.Dispose();

        await _speaker.HoldsAsync();
    }

    public Task DisposeAsync() => _speaker.DisposeAsync().AsTask();

    private static GracefulRestartCapability Restart(bool isRestarting, bool isPreserved) =>
        new(isRestarting, RestartTime, [new GracefulRestartFamily(V4, isPreserved)]);

    /// <summary>A session that brought two prefixes and was lost without a word.</summary>
    private async Task LoseAsync()
    {
        using var stub = await OpenAsync(Restart(isRestarting: false, isPreserved: true));
        await stub.AnnounceAsync(64511, "127.0.0.2", Kept, Gone);
        await stub.SendAsync(new UpdateMessage { EndOfRib = V4 });
        await _speaker.HoldsAsync(Kept, Gone);
        stub.Dispose();
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.PeerRestarting, "restarting");
    }

    private async Task<StubPeer> OpenAsync(GracefulRestartCapability? restart = null, TimeSpan? hold = null)
    {
        var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port);
        await stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", hold ?? TimeSpan.FromSeconds(90), restart is null ? [] : [restart]));
        await _speaker.EstablishedAsync("127.0.0.2");
        return stub;
    }

    private Task StaleAsync(params string[] prefixes)
    {
        var expected = prefixes.Select(IpPrefix.Parse).Order().ToList();
        return Eventually.HoldsAsync(
            async () => (await _speaker.RoutesAsync()).Where(row => row.Stale).Select(row => row.Prefix).Order().SequenceEqual(expected), $"stale are {string.Join(' ', prefixes)}");
    }

    private static async Task<BgpMessage?> LastAsync(StubPeer stub)
    {
        var message = await stub.NextAsync();
        while (message is UpdateMessage or KeepaliveMessage)
        {
            message = await stub.NextAsync();
        }

        return message;
    }
}
