using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>Timers on a clock that the test moves.</summary>
public sealed class TimerTests : IAsyncLifetime
{
    private static readonly IpAddr Address = IpAddr.Parse("127.0.0.1");
    private static readonly IpAddr Peer = IpAddr.Parse("127.0.0.2");
    private readonly ManualTimeProvider _clock = new();
    private readonly ushort _port = TestPorts.Free();
    private TestSpeaker _speaker = null!;
    private StubPeer _stub = null!;

    public async Task InitializeAsync()
    {
        _speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", _port), _clock);
        await _speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", _port, 64511) with { Passive = true });
        _stub = await StubPeer.ConnectAsync(Peer, Address, _port);
        await _stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(9)));
        await _speaker.EstablishedAsync("127.0.0.2");
    }

    [Fact]
    public async Task The_smaller_hold_time_counts_and_a_silent_peer_is_dropped_with_4_0()
    {
        Assert.Equal(TimeSpan.FromSeconds(9), (await _speaker.PeerAsync("127.0.0.2")).HoldTime);

        _clock.Advance(TimeSpan.FromSeconds(9.1));

        Assert.Equal(NotificationMessage.HoldTimerExpired, await _stub.ReceiveAsync<NotificationMessage>());
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.State != BgpState.Established, "down");
    }

    [Fact]
    public async Task Keepalives_leave_within_a_third_of_the_hold_time()
    {
        _clock.Advance(TimeSpan.FromSeconds(3));

        await _stub.ReceiveAsync<KeepaliveMessage>();
    }

    [Fact]
    public async Task An_UPDATE_is_a_sign_of_life()
    {
        _clock.Advance(TimeSpan.FromSeconds(6));
        await _stub.AnnounceAsync(64511, "127.0.0.2", "192.0.2.0/24");
        await _speaker.HoldsAsync("192.0.2.0/24");

        _clock.Advance(TimeSpan.FromSeconds(6));
        await _stub.AnnounceAsync(64511, "127.0.0.2", "198.51.100.0/24");
        await _speaker.HoldsAsync("192.0.2.0/24", "198.51.100.0/24");

        Assert.Equal(BgpState.Established, (await _speaker.PeerAsync("127.0.0.2")).State);
    }

    public Task DisposeAsync()
    {
        _stub.Dispose();
        return _speaker.DisposeAsync().AsTask();
    }
}
