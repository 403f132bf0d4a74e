using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Speakers;
using Fairway.Testing.Time;

namespace Fairway.Testing.Speakers;

/// <summary>
/// What every <see cref="ISpeaker"/> does. A derived class starts the speaker at hand, fresh for each test; the peers of these tests never
/// answer, and nothing listens.
/// </summary>
public abstract class SpeakerContract
{
    private static readonly IpPrefix Prefix = IpPrefix.Parse("203.0.113.0/24");
    private static readonly IpPrefix Other = IpPrefix.Parse("2001:db8:a::/48");

    /// <summary>A speaker that starts for the first time: no restart to finish.</summary>
    protected abstract ValueTask<ISpeaker> StartAsync();

    protected virtual BgpInstanceOptions Instance => new()
    {
        Asn = new Asn(64496),
        RouterId = RouterId.Parse("192.0.2.1"),
        Listen = [new ListenEndpoint(null, 0)],
    };

    protected virtual PeerOptions Peer => new()
    {
        Name = "tor1",
        Key = new PeerKey(IpAddr.Parse("127.0.9.9")),
        Asn = new Asn(64511),
        Type = PeerType.External,
        Port = 1,
    };

    protected SpeakerState Full => new()
    {
        Instance = Instance,
        Peers = ImmutableDictionary<PeerKey, PeerOptions>.Empty.Add(Peer.Key, Peer),
        Advertisements = ImmutableDictionary<IpPrefix, AdvertisedPrefix>.Empty.Add(Prefix, AdvertisementOf(Prefix, med: 10)).Add(Other, AdvertisementOf(Other, med: 20)),
    };

    [Fact]
    public async Task A_new_speaker_holds_nothing()
    {
        await using var speaker = await StartAsync();

        AssertSame(SpeakerState.Empty, (await speaker.ReadAsync(CancellationToken.None)).State);
        Assert.Empty(await speaker.ReadPeersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task What_was_applied_is_reported_and_read_back()
    {
        await using var speaker = await StartAsync();

        var report = await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        Assert.Empty(report.Failures);
        AssertSame(Full, report.Applied);
        var observed = await speaker.ReadAsync(CancellationToken.None);
        AssertSame(Full, observed.State);
        Assert.Empty(observed.Mismatches);
    }

    [Fact]
    public async Task An_empty_plan_changes_nothing()
    {
        await using var speaker = await StartAsync();
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        var report = await speaker.ApplyAsync(SpeakerPlan.Empty, Full, CancellationToken.None);

        Assert.Empty(report.Failures);
        AssertSame(Full, report.Applied);
        AssertSame(Full, (await speaker.ReadAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task Peers_and_prefixes_change_and_go_one_by_one()
    {
        await using var speaker = await StartAsync();
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);
        var peer = Peer with { Description = "top of rack" };
        SpeakerChange[] changes =
        [
            new SpeakerChange.Advertisement(Prefix, AdvertisementOf(Prefix, med: 10), AdvertisementOf(Prefix, med: 30)),
            new SpeakerChange.Peer(Peer.Key, Peer, peer, ChangeImpact.None),
            new SpeakerChange.Advertisement(Other, AdvertisementOf(Other, med: 20), null),
        ];

        var report = await speaker.ApplyAsync(new SpeakerPlan([.. changes]), Full, CancellationToken.None);

        var expected = changes.Aggregate(Full, (state, change) => state.After(change));
        Assert.Empty(report.Failures);
        AssertSame(expected, report.Applied);
        AssertSame(expected, (await speaker.ReadAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task Everything_goes_in_the_reverse_order_and_can_come_back()
    {
        await using var speaker = await StartAsync();
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        var gone = await speaker.ApplyAsync(Down(Full), Full, CancellationToken.None);
        AssertSame(SpeakerState.Empty, gone.Applied);
        AssertSame(SpeakerState.Empty, (await speaker.ReadAsync(CancellationToken.None)).State);

        var back = await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);
        Assert.Empty(back.Failures);
        AssertSame(Full, (await speaker.ReadAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_peer_is_listed_by_name_and_not_established_while_nobody_answers()
    {
        await using var speaker = await StartAsync();
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        var status = Assert.Single(await speaker.ReadPeersAsync(CancellationToken.None));

        Assert.Equal((Peer.Name, Peer.Key, Peer.Asn), (status.Name, status.Key, status.Asn));
        Assert.NotEqual(BgpState.Established, status.State);
        Assert.Null(status.EstablishedAt);
    }

    [Fact]
    public async Task A_peer_without_its_password_stays_down_and_says_why()
    {
        await using var speaker = await StartAsync();
        var state = Full with { Peers = Full.Peers.SetItem(Peer.Key, Peer with { Password = SecretValue.Missing("no such file: tor1.key") }) };

        await speaker.ApplyAsync(Up(state), SpeakerState.Empty, CancellationToken.None);

        var status = Assert.Single(await speaker.ReadPeersAsync(CancellationToken.None));
        Assert.Equal(BgpState.Idle, status.State);
        Assert.Contains("tor1.key", status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_gate_that_fails_ends_the_explanation_of_an_export()
    {
        await using var speaker = await StartAsync();
        var without = await speaker.ExplainExportAsync(Prefix, Peer.Key, CancellationToken.None);
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        var with = await speaker.ExplainExportAsync(Prefix, Peer.Key, CancellationToken.None);

        Assert.Equal("instance", Failed(without).Name);
        Assert.Equal("session", Failed(with).Name);
        Assert.Equal(without.Select(gate => gate.Name), with.Select(gate => gate.Name));
    }

    [Fact]
    public async Task A_prefix_that_nobody_sent_fails_at_the_first_gate_in()
    {
        await using var speaker = await StartAsync();
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        var gates = await speaker.ExplainImportAsync(IpPrefix.Parse("198.51.100.0/24"), null, CancellationToken.None);

        Assert.Equal("received", Failed(gates).Name);
    }

    [Fact]
    public async Task Without_a_restart_to_finish_both_families_are_complete_with_the_instance()
    {
        await using var speaker = await StartAsync();
        await speaker.ApplyAsync(Up(Full), SpeakerState.Empty, CancellationToken.None);

        using var limit = new CancellationTokenSource(Eventually.Patience);
        var completed = new HashSet<AddressFamily>();
        while (completed.Count < 2)
        {
            completed.UnionWith((await speaker.Learned.DrainAsync(4096, limit.Token)).CompletedFamilies);
        }

        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], completed.Order());
    }

    /// <summary>The plan from nothing to a state.</summary>
    protected static SpeakerPlan Up(SpeakerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new SpeakerPlan(
        [
            new SpeakerChange.Instance(null, state.Instance, ChangeImpact.None),
            .. state.Advertisements.Values.Select(wish => new SpeakerChange.Advertisement(wish.Prefix, null, wish)),
            .. state.Peers.Values.Select(peer => new SpeakerChange.Peer(peer.Key, null, peer, ChangeImpact.None)),
        ]);
    }

    private static SpeakerPlan Down(SpeakerState state) => new(
    [
        .. state.Peers.Values.Select(peer => new SpeakerChange.Peer(peer.Key, peer, null, ChangeImpact.Reset)),
        .. state.Advertisements.Values.Select(wish => new SpeakerChange.Advertisement(wish.Prefix, wish, null)),
        new SpeakerChange.Instance(state.Instance, null, ChangeImpact.Reset),
    ]);

    private static AdvertisedPrefix AdvertisementOf(IpPrefix prefix, uint med) =>
        new(prefix, [new AdvertisedAlternative(null, new AdvertisedAttributes { Med = med })]);

    private static Gate Failed(IReadOnlyList<Gate> gates)
    {
        var failed = Assert.Single(gates, gate => gate.Result is GateResult.Fail);
        Assert.All(gates.TakeWhile(gate => gate != failed), gate => Assert.Equal(GateResult.Pass, gate.Result));
        Assert.All(gates.SkipWhile(gate => gate != failed).Skip(1), gate => Assert.Equal(GateResult.Skipped, gate.Result));
        return failed;
    }

    private static void AssertSame(SpeakerState expected, SpeakerState actual)
    {
        Assert.Equal(expected.Instance, actual.Instance);
        Assert.Equal(expected.Peers.OrderBy(peer => peer.Key), actual.Peers.OrderBy(peer => peer.Key));
        Assert.Equal(expected.Advertisements.OrderBy(wish => wish.Key), actual.Advertisements.OrderBy(wish => wish.Key));
    }
}
