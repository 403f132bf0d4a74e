using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>The restarting side of graceful restart (RFC 4724 §4.1), with a stub as the peer that kept our routes.</summary>
public sealed class RestartingSpeakerTests : IAsyncLifetime
{
    private static readonly AddressFamily V4 = AddressFamily.Ipv4Unicast;
    private static readonly AddressFamily V6 = AddressFamily.Ipv6Unicast;
    private static readonly PeerKey StubKey = new(IpAddr.Parse("127.0.0.2"));
    private readonly ManualTimeProvider _clock = new();
    private readonly ushort _port = TestPorts.Free();
    private TestSpeaker _speaker = null!;

    public async Task InitializeAsync()
    {
        var restart = new RestartContext { Restarting = true, ForwardingPreserved = [V4], Peers = [new RestartPeer(StubKey, [V4, V6])] };
        _speaker = TestSpeaker.Create(_clock, new NativeSpeakerOptions { Restart = restart });
        var peer = TestSpeaker.PeerOf("127.0.0.2", _port, 64511) with { Passive = true };
        var prefix = IpPrefix.Parse("192.0.2.1/32");
        await _speaker.ApplyAsync(
            new SpeakerChange.Instance(null, TestSpeaker.InstanceOf(64496, "127.0.0.1", _port), ChangeImpact.None),
            new SpeakerChange.Advertisement(prefix, null, new AdvertisedPrefix(prefix, [new AdvertisedAlternative(null, new AdvertisedAttributes())])),
            new SpeakerChange.Peer(peer.Key, null, peer, ChangeImpact.None));
    }

    [Fact]
    public async Task The_first_OPEN_says_that_we_restarted_and_which_forwarding_survived()
    {
        using var stub = await ConnectAsync();

        var open = await stub.OpenAsync(Open(KeepsRoutes));

        Assert.Equal(
            new GracefulRestartCapability(true, TimeSpan.FromSeconds(120), [new(V4, true), new(V6, false)]),
            open.Capabilities.OfType<GracefulRestartCapability>().Single());
    }

    [Fact]
    public async Task Later_OPENs_say_that_we_did_not_restart_and_forward_everything()
    {
        using (var first = await ConnectAsync())
        {
            await first.OpenAsync(Open(KeepsRoutes));
            await _speaker.EstablishedAsync("127.0.0.2");
        }

        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.State != BgpState.Established, "down");
        using var second = await ConnectAsync();
        var open = await second.OpenAsync(Open(KeepsRoutes));

        Assert.Equal(
            new GracefulRestartCapability(false, TimeSpan.FromSeconds(120), [new(V4, true), new(V6, true)]),
            open.Capabilities.OfType<GracefulRestartCapability>().Single());
    }

    [Fact]
    public async Task Nothing_is_sent_before_End_of_RIB_and_everything_after()
    {
        using var stub = await ConnectAsync();
        await stub.OpenAsync(Open(KeepsRoutes));
        await stub.AnnounceAsync(64511, "127.0.0.2", "198.51.100.0/24");
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.Received == 1, "one route received");
        await AssertSilentAsync(stub);

        await stub.SendAsync(new UpdateMessage { EndOfRib = V4 });

        Assert.Equal([IpPrefix.Parse("192.0.2.1/32")], Assert.Single((await stub.ReceiveAsync<UpdateMessage>()).Announced).Prefixes);
        Assert.Equal(V4, (await stub.ReceiveAsync<UpdateMessage>()).EndOfRib);
    }

    [Fact]
    public async Task A_peer_that_only_helps_is_waited_for_as_well()
    {
        using var stub = await ConnectAsync();
        await stub.OpenAsync(Open(new GracefulRestartCapability(false, TimeSpan.Zero, [])));
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.GracefulRestartFamilies.Contains(V4), "established with graceful restart");
        await AssertSilentAsync(stub);

        await stub.SendAsync(new UpdateMessage { EndOfRib = V4 });

        Assert.Equal([IpPrefix.Parse("192.0.2.1/32")], Assert.Single((await stub.ReceiveAsync<UpdateMessage>()).Announced).Prefixes);
    }

    [Fact]
    public async Task A_family_is_complete_together_with_its_last_change()
    {
        using var stub = await ConnectAsync();
        await stub.OpenAsync(Open(KeepsRoutes));
        await stub.AnnounceAsync(64511, "127.0.0.2", "198.51.100.0/24");
        await stub.SendAsync(new UpdateMessage { EndOfRib = V4 });

        var changes = new List<LearnedChange>();
        var completed = new List<AddressFamily>();
        await DrainAsync(changes, completed, () => completed.Count > 0);
        Assert.Equal([V4], completed);
        Assert.Equal(IpPrefix.Parse("198.51.100.0/24"), Assert.Single(changes).Prefix);

        await stub.SendAsync(new UpdateMessage { EndOfRib = V6 });
        await DrainAsync(changes, completed, () => completed.Count > 1);
        Assert.Equal([V4, V6], completed);
    }

    [Fact]
    public async Task A_peer_that_restarts_too_is_not_waited_for()
    {
        using var stub = await ConnectAsync();

        await stub.OpenAsync(Open(KeepsRoutes with { IsRestarting = true }));

        Assert.Single((await stub.ReceiveAsync<UpdateMessage>()).Announced);
    }

    [Fact]
    public async Task The_deferral_ends_after_its_time_and_re_learning_with_the_restart_time()
    {
        using var stub = await ConnectAsync();
        await stub.OpenAsync(Open(KeepsRoutes) with { HoldTime = TimeSpan.Zero });
        await _speaker.EstablishedAsync("127.0.0.2");

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Single((await stub.ReceiveAsync<UpdateMessage>()).Announced);

        _clock.Advance(TimeSpan.FromSeconds(90));
        var completed = new List<AddressFamily>();
        await DrainAsync([], completed, () => completed.Count == 2);
        Assert.Equal([V4, V6], completed.Order());
    }

    [Fact]
    public async Task A_listed_peer_that_is_removed_is_not_waited_for()
    {
        await _speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.3", _port, 64499) with { Passive = true });
        using var other = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.3"), IpAddr.Parse("127.0.0.1"), _port);
        await other.OpenAsync(StubPeer.OpenOf(64499, "127.0.0.3", TimeSpan.FromSeconds(90)));
        await _speaker.EstablishedAsync("127.0.0.3");
        await AssertSilentAsync(other);

        await _speaker.RemovePeerAsync(StubKey);

        Assert.Single((await other.ReceiveAsync<UpdateMessage>()).Announced);
    }

    public Task DisposeAsync() => _speaker.DisposeAsync().AsTask();

    private static GracefulRestartCapability KeepsRoutes => new(false, TimeSpan.FromSeconds(120), [new(V4, true), new(V6, true)]);

    private static OpenMessage Open(GracefulRestartCapability restart) => StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(90), restart);

    private Task<StubPeer> ConnectAsync() => StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port);

    /// <summary>The next thing the speaker says is the KEEPALIVE that the clock makes due: there was no UPDATE before it.</summary>
    private async Task AssertSilentAsync(StubPeer stub)
    {
        _clock.Advance(TimeSpan.FromSeconds(29.9)); // the deferral would end at 30 s
        Assert.IsType<KeepaliveMessage>(await stub.NextAsync());
    }

    private async Task DrainAsync(List<LearnedChange> changes, List<AddressFamily> completed, Func<bool> enough)
    {
        using var patience = new CancellationTokenSource(StubPeer.Patience);
        while (!enough())
        {
            var batch = await _speaker.Speaker.Learned.DrainAsync(100, patience.Token);
            changes.AddRange(batch.Changes);
            completed.AddRange(batch.CompletedFamilies);
        }
    }
}
