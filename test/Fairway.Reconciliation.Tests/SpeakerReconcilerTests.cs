using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Drift;
using Fairway.Speakers;
using Fairway.Testing.Speakers;
using Fairway.Testing.Time;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests;

public sealed class SpeakerReconcilerTests : IDisposable
{
    private static readonly IpPrefix Vip = IpPrefix.Parse("203.0.113.1/32");
    private static readonly PeerKey Tor1 = new(IpAddr.Parse("192.0.2.11"));
    private static readonly NodeFacts Node = new("n1", RouterId.Parse("192.0.2.1"));
    private static readonly Intent[] Wanted = [Instance(64496), Peer("tor1", "192.0.2.11", 64511), Advertisement("vips", "203.0.113.1/32")];
    private readonly ManualTimeProvider _time = new();
    private readonly FakeSpeaker _speaker = new();
    private readonly DriftLog _drift;
    private readonly SpeakerReconciler _reconciler;

    public SpeakerReconcilerTests()
    {
        _drift = new DriftLog(_time);
        _reconciler = Reconciler();
    }

    public void Dispose() => _speaker.EventWriter.TryComplete();

    [Fact]
    public async Task Wishes_reach_the_speaker_and_the_same_wishes_again_change_nothing()
    {
        await ReconcileAsync(Wanted);
        var again = await ReconcileAsync(Wanted);

        Assert.True(again.IsEmpty);
        Assert.Single(_speaker.Plans);
        Assert.True(_speaker.State.Peers.ContainsKey(Tor1));
        Assert.True(_speaker.State.Advertisements.ContainsKey(Vip));
    }

    [Fact]
    public async Task A_reconciler_that_starts_beside_a_running_speaker_changes_only_what_differs()
    {
        await ReconcileAsync(Wanted);
        _speaker.Plans.Clear();
        var restarted = Reconciler();

        await restarted.StartAsync(CancellationToken.None);
        await restarted.ReconcileAsync(Evaluate([.. Wanted, Advertisement("more", "203.0.113.2/32")]), Node, _ => false, CancellationToken.None);

        var change = Assert.Single(Assert.Single(_speaker.Plans).Changes);
        Assert.Equal(IpPrefix.Parse("203.0.113.2/32"), Assert.IsType<SpeakerChange.Advertisement>(change).Prefix);
    }

    [Fact]
    public async Task What_nobody_wishes_any_more_goes_after_a_restart_too()
    {
        await ReconcileAsync(Wanted);
        var restarted = Reconciler();

        await restarted.StartAsync(CancellationToken.None);
        await restarted.ReconcileAsync(Evaluate(Instance(64496)), Node, _ => false, CancellationToken.None);

        Assert.Empty(_speaker.State.Peers);
        Assert.Empty(_speaker.State.Advertisements);
    }

    [Fact]
    public async Task A_refused_step_stays_desired_while_the_others_proceed_and_is_tried_again_later_each_time()
    {
        _speaker.Refuses = change => change is SpeakerChange.Peer ? "port in use" : null;
        await ReconcileAsync(Wanted);
        Assert.True(_speaker.State.Advertisements.ContainsKey(Vip));
        Assert.Equal("port in use", Assert.Single(_reconciler.Failures).Value.Reason);

        foreach (var pause in (int[])[1, 2, 4, 8])
        {
            var plans = _speaker.Plans.Count;
            Assert.Equal(_time.GetUtcNow().AddSeconds(pause), _reconciler.NextDue);
            await AdvanceAsync(pause - 0.5);
            Assert.Equal(plans, _speaker.Plans.Count);
            await AdvanceAsync(0.5);
            Assert.Equal(plans + 1, _speaker.Plans.Count);
        }

        _speaker.Refuses = _ => null;
        await AdvanceAsync(16);
        Assert.True(_speaker.State.Peers.ContainsKey(Tor1));
        Assert.Empty(_reconciler.Failures);
    }

    [Fact]
    public async Task A_refused_step_waits_also_when_other_wishes_change_but_not_when_it_changes_itself()
    {
        _speaker.Refuses = change => change is SpeakerChange.Peer ? "port in use" : null;
        await ReconcileAsync(Wanted);

        var other = await ReconcileAsync([.. Wanted, Advertisement("more", "203.0.113.2/32")]);
        Assert.IsType<SpeakerChange.Advertisement>(Assert.Single(other.Changes));

        _speaker.Refuses = _ => null;
        var peer = Peer("tor1", "192.0.2.11", 64511);
        await ReconcileAsync(Instance(64496), peer with { Options = peer.Options with { Port = 1179 } }, Wanted[2]);
        Assert.Equal(1179, _speaker.State.Peers[Tor1].Port);
        Assert.Empty(_reconciler.Failures);
    }

    [Fact]
    public async Task A_refused_step_that_is_no_longer_wanted_is_forgotten()
    {
        _speaker.Refuses = change => change is SpeakerChange.Peer ? "port in use" : null;
        await ReconcileAsync(Wanted);

        await ReconcileAsync(Wanted[0], Wanted[2]);

        Assert.Empty(_reconciler.Failures);
        Assert.Equal(_time.GetUtcNow().AddSeconds(30), _reconciler.NextDue);
    }

    [Fact]
    public async Task Drift_is_found_by_the_audit_repaired_and_stays_listed()
    {
        await ReconcileAsync(Wanted);
        var good = _speaker.State;
        _speaker.State = good with
        {
            Advertisements = good.Advertisements.Remove(Vip),
            Peers = good.Peers.SetItem(Tor1, good.Peers[Tor1] with { Port = 1179 }),
        };

        await AdvanceAsync(30);

        Assert.True(_speaker.State.Advertisements.ContainsKey(Vip));
        Assert.Equal(179, _speaker.State.Peers[Tor1].Port);
        Assert.Equal(
        [
            "advertisement 203.0.113.1/32: present, seen absent, repaired",
            "peer 192.0.2.11: spec.port=179, seen spec.port=1179, repaired",
        ], Drift());
        Assert.Equal(0, _drift.OpenCount);
    }

    [Fact]
    public async Task What_the_speaker_finds_wrong_in_its_tables_is_repaired_as_drift()
    {
        await ReconcileAsync(Wanted);
        _speaker.Mismatches.Add(new SpeakerMismatch(SpeakerTable.AdjRibOut, Vip, Tor1, "advertised", "absent"));

        await AdvanceAsync(30);

        Assert.Empty(_speaker.Mismatches);
        Assert.Equal(["adjRibOut 203.0.113.1/32 to 192.0.2.11: advertised, seen absent, repaired"], Drift());
    }

    [Fact]
    public async Task With_policy_report_drift_stays_open_until_the_other_puts_it_right()
    {
        var reconciler = Reconciler(DriftPolicy.Report);
        await reconciler.ReconcileAsync(Evaluate(Wanted), Node, _ => false, CancellationToken.None);
        var good = _speaker.State;
        _speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };

        await reconciler.AuditAsync(CancellationToken.None);
        await reconciler.AuditAsync(CancellationToken.None);
        Assert.Equal(["advertisement 203.0.113.1/32: present, seen absent"], Drift());
        Assert.Single(_speaker.Plans);

        _speaker.State = good;
        await reconciler.AuditAsync(CancellationToken.None);
        Assert.Equal(["advertisement 203.0.113.1/32: present, seen absent, repaired"], Drift());
    }

    [Fact]
    public async Task What_is_undone_three_times_in_a_minute_is_contested_and_left_alone_until_the_wish_changes()
    {
        await ReconcileAsync(Wanted);
        var good = _speaker.State;
        for (var time = 0; time < 3; time++)
        {
            _speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };
            await AdvanceAsync(30);
        }

        Assert.False(_speaker.State.Advertisements.ContainsKey(Vip));
        Assert.True(Assert.Single(_drift.Snapshot(), item => !item.Repaired).Contested);
        await AdvanceAsync(30);
        Assert.False(_speaker.State.Advertisements.ContainsKey(Vip));

        await ReconcileAsync(Wanted[0], Wanted[1], Advertisement("vips", "203.0.113.1/32", med: 5));
        await AdvanceAsync(30);
        Assert.True(_speaker.State.Advertisements.ContainsKey(Vip));
        Assert.Equal(0, _drift.OpenCount);
    }

    [Fact]
    public async Task What_is_undone_now_and_then_is_repaired_each_time()
    {
        await ReconcileAsync(Wanted);
        var good = _speaker.State;
        for (var time = 0; time < 6; time++)
        {
            _speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };
            await AdvanceAsync(31);
            Assert.True(_speaker.State.Advertisements.ContainsKey(Vip));
        }
    }

    [Fact]
    public async Task A_repair_that_is_refused_stays_open_and_is_tried_by_the_next_audit()
    {
        await ReconcileAsync(Wanted);
        var good = _speaker.State;
        _speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };
        _speaker.Refuses = _ => "busy";
        await AdvanceAsync(30);
        Assert.Equal(1, _drift.OpenCount);

        _speaker.Refuses = _ => null;
        await AdvanceAsync(30);

        Assert.Equal(0, _drift.OpenCount);
        Assert.True(_speaker.State.Advertisements.ContainsKey(Vip));
    }

    [Fact]
    public async Task A_condition_that_comes_true_brings_its_advertisement()
    {
        var wish = Advertisement("edge", "203.0.113.9/32") with { WhenAnyOf = [IpPrefix.Parse("0.0.0.0/0")] };
        Intent[] wanted = [.. Wanted, wish];
        await ReconcileAsync(wanted);
        Assert.False(_speaker.State.Advertisements.ContainsKey(wish.Prefix));

        await _reconciler.ReconcileAsync(Evaluate(wanted), Node, prefix => prefix.IsDefault, CancellationToken.None);

        Assert.True(_speaker.State.Advertisements.ContainsKey(wish.Prefix));
    }

    private SpeakerReconciler Reconciler(DriftPolicy policy = DriftPolicy.Repair) =>
        new(_speaker, new SpeakerCompiler(Ranking), _drift, new ReconcilerOptions { Drift = policy }, _time);

    private ValueTask<SpeakerPlan> ReconcileAsync(params ReadOnlySpan<Intent> intents) =>
        _reconciler.ReconcileAsync(Evaluate(intents), Node, _ => false, CancellationToken.None);

    private async Task AdvanceAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _reconciler.RunDueAsync(CancellationToken.None);
    }

    private string[] Drift() =>
    [
        .. _drift.Snapshot().OrderBy(item => item.Object, StringComparer.Ordinal)
            .Select(item => $"{item.Object}: {item.Desired}, seen {item.Observed}{(item.Repaired ? ", repaired" : "")}"),
    ];
}
