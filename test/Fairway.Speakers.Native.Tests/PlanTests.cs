using System.Net;
using System.Net.Sockets;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Speakers.Native.Tests.Harness;

namespace Fairway.Speakers.Native.Tests;

/// <summary>Plans carried out on a running speaker.</summary>
public sealed class PlanTests
{
    private static readonly RoutePolicy RejectAll = new("none") { Default = PolicyVerdict.Reject };

    [Fact]
    public async Task A_new_export_policy_withdraws_without_a_reset()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32");
        var since = (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt;

        await pair.Left.SetPeerAsync(pair.RightAsPeer with { Families = [new PeerFamilyOptions(Fairway.Net.AddressFamily.Ipv4Unicast) { Export = [RejectAll] }, new PeerFamilyOptions(Fairway.Net.AddressFamily.Ipv6Unicast)] });

        await pair.Right.HoldsAsync();
        Assert.Equal(since, (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt);
    }

    [Fact]
    public async Task A_peer_that_is_shut_down_tells_why_and_comes_back()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.ConnectAsync();

        await pair.Left.SetPeerAsync(pair.RightAsPeer with { Shutdown = new ShutdownOptions("new cables") });

        await pair.Right.PeerIsAsync(SpeakerPair.LeftAddress, peer => peer.LastError?.Contains("new cables", StringComparison.Ordinal) == true, "told why");
        Assert.Equal("Shutdown: new cables", (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).LastError);

        await pair.Left.SetPeerAsync(pair.RightAsPeer);
        await pair.EstablishedAsync();
    }

    [Fact]
    public async Task Another_AS_starts_all_sessions_anew_with_all_prefixes()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32");

        var before = pair.Left.Applied.Instance!;
        await pair.Left.ApplyAsync(new SpeakerChange.Instance(before, before with { Asn = new Asn(64497) }, ChangeImpact.Reset));
        await pair.Right.SetPeerAsync(pair.LeftAsPeer with { Asn = new Asn(64497) });

        await pair.EstablishedAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32");
        Assert.Equal("64497", Assert.Single(await pair.Right.RoutesAsync()).Attributes.AsPath.ToString());
    }

    [Fact]
    public async Task A_second_endpoint_opens_while_the_session_stays()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.ConnectAsync();
        var since = (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt;
        var before = pair.Left.Applied.Instance!;
        var more = new ListenEndpoint(IpAddr.Parse("127.0.0.3"), pair.Port);

        await pair.Left.ApplyAsync(new SpeakerChange.Instance(before, before with { Listen = [.. before.Listen, more] }, ChangeImpact.None));

        Assert.Empty(pair.Left.Failures);
        using var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.9"), IpAddr.Parse("127.0.0.3"), pair.Port);
        Assert.Equal(since, (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt);
    }

    [Fact]
    public async Task A_port_in_use_fails_its_instance_with_a_fix_and_sessions_still_come_up_the_other_way()
    {
        var port = TestPorts.Free();
        using var other = new Socket(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.1"), port));
        other.Listen();
        await using var left = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", port));
        await using var right = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64511, "127.0.0.2", port));

        Assert.Contains("another program listens there", Assert.Single(left.Failures).Reason, StringComparison.Ordinal);
        Assert.NotEqual([new ListenEndpoint(IpAddr.Parse("127.0.0.1"), port)], left.Applied.Instance!.Listen);

        await left.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", port, 64511, "127.0.0.1"));
        await right.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.1", port, 64496) with { Passive = true });
        await left.EstablishedAsync("127.0.0.2");
    }

    [Fact]
    public async Task A_connection_from_nobody_we_know_is_turned_away()
    {
        var port = TestPorts.Free();
        await using var speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", port));
        using var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.9"), IpAddr.Parse("127.0.0.1"), port);

        Assert.Equal(NotificationMessage.Cease(CeaseSubcode.ConnectionRejected), await stub.NextAsync());
        Assert.Null(await stub.NextAsync());
    }

    [Fact]
    public async Task Without_an_instance_there_is_no_place_for_peers()
    {
        await using var pair = await SpeakerPair.StartAsync();
        var before = pair.Left.Applied.Instance!;
        await pair.Left.ApplyAsync(new SpeakerChange.Instance(before, null, ChangeImpact.Reset));

        await pair.Left.SetPeerAsync(pair.RightAsPeer);

        Assert.Equal("there is no BGP instance", Assert.Single(pair.Left.Failures).Reason);
        Assert.Equal(SpeakerState.Empty, (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State);
        await Assert.ThrowsAsync<SocketException>(() => StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.9"), IpAddr.Parse("127.0.0.1"), pair.Port));
    }
}
