using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>One speaker and a stub that misbehaves, or asks for what a speaker of ours would not.</summary>
public sealed class StubSessionTests : IAsyncLifetime
{
    private static readonly PeerKey StubKey = new(IpAddr.Parse("127.0.0.2"));
    private readonly ushort _port = TestPorts.Free();
    private TestSpeaker _speaker = null!;
    private StubPeer _stub = null!;

    private PeerOptions Peer => TestSpeaker.PeerOf("127.0.0.2", _port, 64511) with { Passive = true };

    public async Task InitializeAsync()
    {
        _speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", _port));
        await _speaker.SetPeerAsync(Peer);
        _stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port);
        await _stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(90)));
        await _speaker.EstablishedAsync("127.0.0.2");
    }

    [Fact]
    public async Task A_path_without_the_peers_AS_in_front_is_refused_until_the_rule_is_lifted_by_a_refresh()
    {
        await AnnounceFromElsewhereAsync();
        await _stub.AnnounceAsync(64511, "127.0.0.2", "198.51.100.0/24");
        await _speaker.HoldsAsync("198.51.100.0/24");

        await _speaker.SetPeerAsync(Peer with { EnforceFirstAsn = false });

        var families = new[] { (await _stub.ReceiveAsync<RouteRefreshMessage>()).Family, (await _stub.ReceiveAsync<RouteRefreshMessage>()).Family };
        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], families);
        await AnnounceFromElsewhereAsync();
        await _speaker.HoldsAsync("192.0.2.0/24", "198.51.100.0/24");
    }

    [Fact]
    public async Task A_bad_attribute_withdraws_its_route_and_leaves_the_session_and_one_warning()
    {
        await _stub.AnnounceAsync(64511, "127.0.0.2", "192.0.2.0/24");
        await _speaker.HoldsAsync("192.0.2.0/24");

        await _stub.AnnounceAsync(64511, "224.0.0.1", "192.0.2.0/24");
        await _stub.AnnounceAsync(64511, "224.0.0.1", "192.0.2.0/24");

        await _speaker.HoldsAsync();
        Assert.Equal(BgpState.Established, (await _speaker.PeerAsync("127.0.0.2")).State);
        Assert.Single(_speaker.Log.Lines, line => line.Contains("TreatAsWithdraw", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_are_no_message_end_the_session_with_the_RFCs_answer()
    {
        await _stub.SendAsync(new byte[BgpFraming.HeaderLength]);

        Assert.Equal(NotificationMessage.Header(HeaderSubcode.ConnectionNotSynchronized), await _stub.ReceiveAsync<NotificationMessage>());
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.LastError?.Contains("1/1", StringComparison.Ordinal) == true, "ended by 1/1");
    }

    [Fact]
    public async Task Unknown_peers_leave_one_line_however_many_they_are()
    {
        for (var i = 0; i < 5; i++)
        {
            using var stranger = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.9"), IpAddr.Parse("127.0.0.1"), _port);
            await stranger.ReceiveAsync<NotificationMessage>();
        }

        Assert.Single(_speaker.Log.Lines, line => line.Contains("127.0.0.9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_shows_neither_in_logs_nor_in_events()
    {
        await _speaker.SetPeerAsync(Peer with { Password = SecretValue.Of("hush-hush") });
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.State != BgpState.Established, "reset by the new key");

        Assert.DoesNotContain(_speaker.Log.Lines, line => line.Contains("hush", StringComparison.Ordinal));
        while (_speaker.Speaker.Events.TryRead(out var happened))
        {
            Assert.DoesNotContain("hush", happened.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Coming_up_and_going_down_are_events_with_their_reason()
    {
        await _stub.SendAsync(NotificationMessage.Cease(CeaseSubcode.AdministrativeShutdown, "maintenance"));
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.State != BgpState.Established, "down");

        var events = new List<SpeakerEvent>();
        while (_speaker.Speaker.Events.TryRead(out var happened))
        {
            events.Add(happened);
        }

        Assert.Equal(StubKey, Assert.Single(events, happened => happened.Type is SpeakerEventType.PeerUp).Peer);
        Assert.Contains("maintenance", Assert.Single(events, happened => happened.Type is SpeakerEventType.PeerDown).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_explained_gate_by_gate()
    {
        await _speaker.AdvertiseAsync("192.0.2.1/32");
        await Eventually.HoldsAsync(async () => (await ExplainExportAsync("192.0.2.1/32")).TrueForAll(gate => gate.Result is GateResult.Pass), "all gates pass");
        Assert.Equal(["instance", "scope", "session", "family", "nextHop", "export", "sent"], (await ExplainExportAsync("192.0.2.1/32")).ConvertAll(gate => gate.Name));

        var other = (await ExplainExportAsync("192.0.2.2/32")).Single(gate => gate.Result is GateResult.Fail);
        Assert.Equal("scope", other.Name);

        await _speaker.SetPeerAsync(Peer with { Shutdown = new ShutdownOptions("new cables") });
        var session = (await ExplainExportAsync("192.0.2.1/32")).Single(gate => gate.Result is GateResult.Fail);
        Assert.Equal("session", session.Name);
        Assert.Contains("new cables", session.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_is_explained_gate_by_gate()
    {
        await _stub.AnnounceAsync(64511, "127.0.0.2", "192.0.2.0/24");
        await _speaker.HoldsAsync("192.0.2.0/24");

        Assert.All(await ExplainImportAsync("192.0.2.0/24"), gate => Assert.Equal(GateResult.Pass, gate.Result));

        await _speaker.SetPeerAsync(Peer with { Learned = new LearnedTreatment { Accept = false } });
        await _speaker.HoldsAsync();
        var failed = (await ExplainImportAsync("192.0.2.0/24")).Single(gate => gate.Result is GateResult.Fail);
        Assert.Equal("import", failed.Name);
    }

    public Task DisposeAsync()
    {
        _stub.Dispose();
        return _speaker.DisposeAsync().AsTask();
    }

    private Task AnnounceFromElsewhereAsync() => _stub.AnnounceAsync(64500, "127.0.0.2", "192.0.2.0/24");

    private async Task<List<Gate>> ExplainExportAsync(string prefix) =>
        [.. await _speaker.Speaker.ExplainExportAsync(IpPrefix.Parse(prefix), StubKey, CancellationToken.None)];

    private async Task<List<Gate>> ExplainImportAsync(string prefix) =>
        [.. await _speaker.Speaker.ExplainImportAsync(IpPrefix.Parse(prefix), StubKey, CancellationToken.None)];
}
