using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;

namespace Fairway.Speakers.Native.Tests;

/// <summary>Stopping is not withdrawing (design D8): what a peer sees on the wire.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private static readonly GracefulRestartCapability Helper = new(false, TimeSpan.Zero, []);
    private readonly ushort _port = TestPorts.Free();
    private TestSpeaker _speaker = null!;

    public async Task InitializeAsync()
    {
        _speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", _port));
        await _speaker.AdvertiseAsync("192.0.2.1/32");
        await _speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", _port, 64511) with { Passive = true });
    }

    [Fact]
    public async Task Keep_closes_silently_on_a_peer_that_helps_graceful_restart()
    {
        using var stub = await EstablishedAsync(Helper);

        await _speaker.Speaker.StopAsync(StopPolicy.Keep, CancellationToken.None);

        Assert.Null(await stub.NextAsync());
    }

    [Fact]
    public async Task Keep_tells_other_peers_of_the_shutdown()
    {
        using var stub = await EstablishedAsync();

        var stopping = _speaker.Speaker.StopAsync(StopPolicy.Keep, CancellationToken.None).AsTask();

        var notification = Assert.IsType<NotificationMessage>(await stub.NextAsync());
        Assert.Equal((NotificationCode.Cease, (byte)CeaseSubcode.AdministrativeShutdown), (notification.Code, notification.Subcode));
        Assert.Equal("the routing agent stops", notification.ShutdownCommunication);
        Assert.Null(await stub.NextAsync());
        await stopping;
    }

    [Fact]
    public async Task Withdraw_takes_every_route_back_before_the_shutdown_also_from_peers_that_would_have_kept_them()
    {
        using var stub = await EstablishedAsync(Helper);

        var stopping = _speaker.Speaker.StopAsync(StopPolicy.Withdraw, CancellationToken.None).AsTask();

        var update = Assert.IsType<UpdateMessage>(await stub.NextAsync());
        Assert.Equal([IpPrefix.Parse("192.0.2.1/32")], update.Withdrawn);
        Assert.IsType<NotificationMessage>(await stub.NextAsync());
        stub.Dispose();
        await stopping;
    }

    [Fact]
    public async Task A_stopped_speaker_refuses_plans_and_stops_again_without_harm()
    {
        await _speaker.Speaker.StopAsync(StopPolicy.Keep, CancellationToken.None);
        await _speaker.Speaker.StopAsync(StopPolicy.Withdraw, CancellationToken.None);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _speaker.AdvertiseAsync("192.0.2.2/32"));
    }

    [Fact]
    public async Task A_stop_of_one_session_is_no_news_to_the_others()
    {
        await _speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.3", _port, 64499) with { Passive = true });
        using var source = await EstablishedAsync(Helper);
        using var other = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.3"), IpAddr.Parse("127.0.0.1"), _port);
        await other.OpenAsync(StubPeer.OpenOf(64499, "127.0.0.3", TimeSpan.FromSeconds(90), Helper));
        await source.AnnounceAsync(64511, "127.0.0.2", "198.51.100.0/24");
        await ReceiveAsync(other, "198.51.100.0/24");

        await _speaker.Speaker.StopAsync(StopPolicy.Keep, CancellationToken.None);

        for (var message = await other.NextAsync(); message is not null; message = await other.NextAsync())
        {
            Assert.Empty(Assert.IsType<UpdateMessage>(message).Withdrawn);
        }
    }

    public Task DisposeAsync() => _speaker.DisposeAsync().AsTask();

    /// <summary>A session over which the initial routes and both End-of-RIBs have come.</summary>
    private async Task<StubPeer> EstablishedAsync(params Capability[] more)
    {
        var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port);
        await stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(90), more));
        var markers = 0;
        while (markers < 2)
        {
            markers += (await stub.ReceiveAsync<UpdateMessage>()).EndOfRib is null ? 0 : 1;
        }

        return stub;
    }

    private static async Task ReceiveAsync(StubPeer stub, string prefix)
    {
        while (!(await stub.ReceiveAsync<UpdateMessage>()).Announced.Any(routes => routes.Prefixes.Contains(IpPrefix.Parse(prefix))))
        {
        }
    }
}
