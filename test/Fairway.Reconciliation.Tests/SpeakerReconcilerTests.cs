using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Speakers;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests;

public sealed class SpeakerReconcilerTests : ReconcilerTest
{
    [Fact]
    public async Task Wishes_reach_theSpeaker_and_the_same_wishes_again_change_nothing()
    {
        await ReconcileAsync(Wanted);
        var again = await ReconcileAsync(Wanted);

        Assert.True(again.IsEmpty);
        Assert.Single(Speaker.Plans);
        Assert.True(Speaker.State.Peers.ContainsKey(Tor1));
        Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
    }

    [Fact]
    public async Task AReconciler_that_starts_beside_a_runningSpeaker_changes_only_what_differs()
    {
        await ReconcileAsync(Wanted);
        Speaker.Plans.Clear();
        var restarted = NewReconciler();

        await restarted.StartAsync(CancellationToken.None);
        await restarted.ReconcileAsync(Evaluate([.. Wanted, Advertisement("more", "203.0.113.2/32")]), Node, _ => false, CancellationToken.None);

        var change = Assert.Single(Assert.Single(Speaker.Plans).Changes);
        Assert.Equal(IpPrefix.Parse("203.0.113.2/32"), Assert.IsType<SpeakerChange.Advertisement>(change).Prefix);
    }

    [Fact]
    public async Task What_nobody_wishes_any_more_goes_after_a_restart_too()
    {
        await ReconcileAsync(Wanted);
        var restarted = NewReconciler();

        await restarted.StartAsync(CancellationToken.None);
        await restarted.ReconcileAsync(Evaluate(Instance(64496)), Node, _ => false, CancellationToken.None);

        Assert.Empty(Speaker.State.Peers);
        Assert.Empty(Speaker.State.Advertisements);
    }

    [Fact]
    public async Task A_refused_step_stays_desired_while_the_others_proceed_and_is_tried_again_later_eachTime()
    {
        Speaker.Refuses = change => change is SpeakerChange.Peer ? "port in use" : null;
        await ReconcileAsync(Wanted);
        Assert.True(Speaker.State.Advertisements.ContainsKey(Vip));
        Assert.Equal("port in use", Assert.Single(Reconciler.Failures).Value.Reason);

        foreach (var pause in (int[])[1, 2, 4, 8])
        {
            var plans = Speaker.Plans.Count;
            Assert.Equal(Time.GetUtcNow().AddSeconds(pause), Reconciler.NextDue);
            await AdvanceAsync(pause - 0.5);
            Assert.Equal(plans, Speaker.Plans.Count);
            await AdvanceAsync(0.5);
            Assert.Equal(plans + 1, Speaker.Plans.Count);
        }

        Speaker.Refuses = _ => null;
        await AdvanceAsync(16);
        Assert.True(Speaker.State.Peers.ContainsKey(Tor1));
        Assert.Empty(Reconciler.Failures);
    }

    [Fact]
    public async Task A_refused_step_waits_also_when_other_wishes_change_but_not_when_it_changes_itself()
    {
        Speaker.Refuses = change => change is SpeakerChange.Peer ? "port in use" : null;
        await ReconcileAsync(Wanted);

        var other = await ReconcileAsync([.. Wanted, Advertisement("more", "203.0.113.2/32")]);
        Assert.IsType<SpeakerChange.Advertisement>(Assert.Single(other.Changes));

        Speaker.Refuses = _ => null;
        var peer = Peer("tor1", "192.0.2.11", 64511);
        await ReconcileAsync(Instance(64496), peer with { Options = peer.Options with { Port = 1179 } }, Wanted[2]);
        Assert.Equal(1179, Speaker.State.Peers[Tor1].Port);
        Assert.Empty(Reconciler.Failures);
    }

    [Fact]
    public async Task A_refused_step_that_is_no_longer_wanted_is_forgotten()
    {
        Speaker.Refuses = change => change is SpeakerChange.Peer ? "port in use" : null;
        await ReconcileAsync(Wanted);

        await ReconcileAsync(Wanted[0], Wanted[2]);

        Assert.Empty(Reconciler.Failures);
        Assert.Equal(Time.GetUtcNow().AddSeconds(30), Reconciler.NextDue);
    }

    [Fact]
    public async Task A_condition_that_comes_true_brings_its_advertisement()
    {
        var wish = Advertisement("edge", "203.0.113.9/32") with { WhenAnyOf = [IpPrefix.Parse("0.0.0.0/0")] };
        Intent[] wanted = [.. Wanted, wish];
        await ReconcileAsync(wanted);
        Assert.False(Speaker.State.Advertisements.ContainsKey(wish.Prefix));

        await Reconciler.ReconcileAsync(Evaluate(wanted), Node, prefix => prefix.IsDefault, CancellationToken.None);

        Assert.True(Speaker.State.Advertisements.ContainsKey(wish.Prefix));
    }
}
