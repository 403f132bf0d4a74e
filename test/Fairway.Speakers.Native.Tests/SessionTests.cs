using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;

namespace Fairway.Speakers.Native.Tests;

/// <summary>Sessions and routes between two speakers.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Two_speakers_that_both_connect_end_with_one_session()
    {
        await using var pair = await SpeakerPair.StartAsync();

        await pair.ConnectAsync();

        var left = await pair.Left.PeerAsync(SpeakerPair.RightAddress);
        Assert.Equal((new Asn(SpeakerPair.RightAsn), RouterId.Parse(SpeakerPair.RightAddress)), (left.Asn, left.RouterId));
        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], left.FamiliesNegotiated);
        Assert.Equal(IpAddr.Parse(SpeakerPair.LeftAddress), left.LocalAddress);
    }

    [Fact]
    public async Task A_passive_peer_is_opened_by_the_other()
    {
        await using var pair = await SpeakerPair.StartAsync();

        await pair.ConnectAsync(left: peer => peer with { Passive = true });
    }

    [Fact]
    public async Task A_speaker_without_listeners_connects()
    {
        var port = TestPorts.Free();
        await using var left = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", port));
        await using var right = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64511, "127.0.0.2", 0));

        await left.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", port, 64511));
        await right.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.1", port, 64496, "127.0.0.2"));

        await left.EstablishedAsync("127.0.0.2");
    }

    [Fact]
    public async Task A_session_runs_over_IPv6()
    {
        var (port, other) = (TestPorts.Free(), TestPorts.Free());
        await using var left = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "::1", port));
        await using var right = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64511, "::1", other));

        await left.SetPeerAsync(TestSpeaker.PeerOf("::1", other, 64511));
        await right.SetPeerAsync(TestSpeaker.PeerOf("::1", port, 64496));

        await left.EstablishedAsync("::1");
        await right.EstablishedAsync("::1");
        Assert.Equal(IpAddr.Parse("::1"), (await left.PeerAsync("::1")).LocalAddress);
    }

    [Fact]
    public async Task Prefixes_are_advertised_and_withdrawn()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32", "198.51.100.0/24");
        await pair.ConnectAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32", "198.51.100.0/24");

        await pair.Left.WithdrawAsync("192.0.2.1/32");

        await pair.Right.HoldsAsync("198.51.100.0/24");
        await pair.Left.PeerIsAsync(SpeakerPair.RightAddress, peer => peer.Advertised == 1, "one prefix advertised");
        var right = await pair.Right.PeerAsync(SpeakerPair.LeftAddress);
        Assert.Equal((1L, 1L), (right.Received, right.Accepted));
    }

    [Fact]
    public async Task A_peer_that_goes_takes_its_routes_along()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32");

        await pair.Right.RemovePeerAsync(new PeerKey(IpAddr.Parse(SpeakerPair.LeftAddress)));

        await pair.Right.HoldsAsync();
        await pair.Left.PeerIsAsync(SpeakerPair.RightAddress, peer => peer.State != BgpState.Established, "down");
    }

    [Fact]
    public async Task Learned_routes_are_drained_once_and_told_again_when_they_change()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync();

        var learned = await NextChange(pair.Right);
        Assert.Equal(IpPrefix.Parse("192.0.2.1/32"), learned.Prefix);
        Assert.Equal(IpAddr.Parse(SpeakerPair.LeftAddress), Assert.Single(learned.Route!.Paths).NextHop.Address);

        await pair.Left.WithdrawAsync("192.0.2.1/32");
        Assert.Equal(new LearnedChange(IpPrefix.Parse("192.0.2.1/32"), null), await NextChange(pair.Right));
    }

    [Fact]
    public async Task A_route_refresh_is_answered_with_everything()
    {
        var port = TestPorts.Free();
        await using var speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", port));
        await speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", port, 64511) with { Passive = true });
        await speaker.AdvertiseAsync("192.0.2.1/32");
        using var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), port);
        await stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(90)));
        await ReceiveAnnouncement(stub);

        await stub.SendAsync(new RouteRefreshMessage(AddressFamily.Ipv4Unicast));

        await ReceiveAnnouncement(stub);
    }

    private static async Task ReceiveAnnouncement(StubPeer stub)
    {
        var update = await stub.ReceiveAsync<UpdateMessage>();
        while (update.EndOfRib is not null)
        {
            update = await stub.ReceiveAsync<UpdateMessage>();
        }

        Assert.Equal([IpPrefix.Parse("192.0.2.1/32")], Assert.Single(update.Announced).Prefixes);
    }

    private static async Task<LearnedChange> NextChange(TestSpeaker speaker)
    {
        using var patience = new CancellationTokenSource(StubPeer.Patience);
        while (true)
        {
            var batch = await speaker.Speaker.Learned.DrainAsync(10, patience.Token);
            if (!batch.Changes.IsEmpty)
            {
                return Assert.Single(batch.Changes);
            }
        }
    }
}
