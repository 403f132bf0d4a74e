using Fairway.Reconciliation.Drift;
using Fairway.Speakers;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests;

/// <summary>Somebody else changes the speaker, or it errs by itself (design D6).</summary>
public sealed class SpeakerDriftTests : ReconcilerTest
{
    [Fact]
    public async Task Drift_is_found_by_the_audit_repaired_and_stays_listed()
    {
        await ReconcileAsync(Wanted);
        var good = Speaker.State;
        Speaker.State = good with
        {
            Advertisements = good.Advertisements.Remove(Vip),
            Peers = good.Peers.SetItem(Tor1, good.Peers[Tor1] with { Port = 1179 }),
        };

        await AdvanceAsync(30);

        Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
        Assert.Equal(179, Speaker.State.Peers[Tor1].Port);
        Assert.Equal(
        [
            "advertisement 203.0.113.1/32: present, seen absent, repaired",
            "peer 192.0.2.11: spec.port=179, seen spec.port=1179, repaired",
        ], DriftLines());
        Assert.Equal(0, Log.OpenCount);
    }

    [Fact]
    public async Task What_theSpeaker_finds_wrong_in_its_tables_is_repaired_asLog()
    {
        await ReconcileAsync(Wanted);
        Speaker.Mismatches.Add(new SpeakerMismatch(SpeakerTable.AdjRibOut, Vip, Tor1, "advertised", "absent"));

        await AdvanceAsync(30);

        Assert.Empty(Speaker.Mismatches);
        Assert.Equal(["adjRibOut 203.0.113.1/32 to 192.0.2.11: advertised, seen absent, repaired"], DriftLines());
    }

    [Fact]
    public async Task With_policy_reportLog_stays_open_until_the_other_puts_it_right()
    {
        var reconciler = NewReconciler(DriftPolicy.Report);
        await reconciler.ReconcileAsync(Evaluate(Wanted), Node, _ => false, CancellationToken.None);
        var good = Speaker.State;
        Speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };

        await reconciler.AuditAsync(CancellationToken.None);
        await reconciler.AuditAsync(CancellationToken.None);
        Assert.Equal(["advertisement 203.0.113.1/32: present, seen absent"], DriftLines());
        Assert.Single(Speaker.Plans);

        Speaker.State = good;
        await reconciler.AuditAsync(CancellationToken.None);
        Assert.Equal(["advertisement 203.0.113.1/32: present, seen absent, repaired"], DriftLines());
    }

    [Fact]
    public async Task What_is_undone_threeTimes_in_a_minute_is_contested_and_left_alone_until_the_wish_changes()
    {
        await ReconcileAsync(Wanted);
        var good = Speaker.State;
        for (var time = 0; time < 3; time++)
        {
            Speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };
            await AdvanceAsync(30);
        }

        Assert.False(Speaker.State.Advertisements.ContainsKey(Vip));
        Assert.True(Assert.Single(Log.Snapshot(), item => !item.Repaired).Contested);
        await AdvanceAsync(30);
        Assert.False(Speaker.State.Advertisements.ContainsKey(Vip));

        await ReconcileAsync(Wanted[0], Wanted[1], Advertisement("vips", "203.0.113.1/32", med: 5));
        Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
        Speaker.State = Speaker.State with { Advertisements = Speaker.State.Advertisements.Remove(Vip) };
        await AdvanceAsync(30);
        Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
        Assert.Equal(0, Log.OpenCount);
    }

    [Fact]
    public async Task What_is_undone_now_and_then_is_repaired_eachTime()
    {
        await ReconcileAsync(Wanted);
        var good = Speaker.State;
        for (var time = 0; time < 6; time++)
        {
            Speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };
            await AdvanceAsync(31);
            Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
        }
    }

    [Fact]
    public async Task A_repair_that_is_refused_stays_open_and_is_tried_by_the_next_audit()
    {
        await ReconcileAsync(Wanted);
        var good = Speaker.State;
        Speaker.State = good with { Advertisements = good.Advertisements.Remove(Vip) };
        Speaker.Refuses = _ => "busy";
        await AdvanceAsync(30);
        Assert.Equal(1, Log.OpenCount);

        Speaker.Refuses = _ => null;
        await AdvanceAsync(30);

        Assert.Equal(0, Log.OpenCount);
        Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
    }

    private string[] DriftLines() =>
    [
        .. Log.Snapshot().OrderBy(item => item.Object, StringComparer.Ordinal)
            .Select(item => $"{item.Object}: {item.Desired}, seen {item.Observed}{(item.Repaired ? ", repaired" : "")}"),
    ];
}
