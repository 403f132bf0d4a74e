using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Intents.Store;
using Fairway.Testing.Time;
using static Fairway.Intents.Tests.Wishes;

namespace Fairway.Intents.Tests.Policy;

public sealed class PolicyEngineTests
{
    [Fact]
    public void One_instance_counts_and_the_others_say_who_displaced_them()
    {
        var evaluation = Evaluate(Instance(Cli, "cli", 64497, at: 1), Instance(Files, "default", 64496, at: 2), Instance(Files, "second", 64498, at: 3));

        Assert.Equal("default", evaluation.Instance?.Key.Id);
        Assert.Equal(
            [(VerdictKind.Suppressed, VerdictReason.HigherPrecedence, "default"), (VerdictKind.Suppressed, VerdictReason.SameOwner, "default")],
            [Loser(evaluation, Cli, IntentType.BgpInstance, "cli"), Loser(evaluation, Files, IntentType.BgpInstance, "second")]);
    }

    [Fact]
    public void A_second_instance_with_a_smaller_name_does_not_displace_the_one_that_runs()
    {
        var evaluation = Evaluate(Instance(Files, "default", at: 1), Instance(Files, "a-new-one", at: 2));

        Assert.Equal("default", evaluation.Instance?.Key.Id);
    }

    [Fact]
    public void Two_objects_of_one_owner_for_one_address_the_smaller_name_counts()
    {
        var evaluation = Evaluate(Peer(Files, "tor2", at: 1), Peer(Files, "tor1", at: 2));

        Assert.Equal("tor1", Assert.Single(evaluation.Peers).Key.Id);
        Assert.Equal((VerdictKind.Suppressed, VerdictReason.SameOwner, "tor1"), Loser(evaluation, Files, IntentType.Peer, "tor2"));
    }

    [Fact]
    public void Between_owners_precedence_counts_more_than_time()
    {
        var evaluation = Evaluate(Peer(Cli, "mine", at: 1, asn: 64500), Peer(Files, "tor1", at: 2));

        Assert.Equal(Files, Assert.Single(evaluation.Peers).Key.Owner);
        Assert.Equal((VerdictKind.Suppressed, VerdictReason.HigherPrecedence, "tor1"), Loser(evaluation, Cli, IntentType.Peer, "mine"));
    }

    [Fact]
    public void Equals_rank_by_time_of_acceptance()
    {
        var evaluation = Evaluate(Peer(Nova, "a", at: 2), Peer(Other, "b", asn: 64500, at: 1));

        Assert.Equal(Other, Assert.Single(evaluation.Peers).Key.Owner);
    }

    [Fact]
    public void The_same_wish_of_another_owner_is_suppressed_without_harm()
    {
        var evaluation = Evaluate(Peer(Cli, "mine"), Peer(Files, "tor1"));

        Assert.Equal((VerdictKind.Suppressed, VerdictReason.SameWish, "tor1"), Loser(evaluation, Cli, IntentType.Peer, "mine"));
    }

    [Fact]
    public void Peers_that_name_policies_are_never_the_same_wish_since_the_names_mean_other_things()
    {
        var withPolicy = Peer(Cli, "mine") with { Families = [new(Net.AddressFamily.Ipv4Unicast, ["p"], [])] };

        var evaluation = Evaluate(withPolicy, Peer(Files, "tor1") with { Families = withPolicy.Families });

        Assert.Equal(VerdictReason.HigherPrecedence, evaluation.VerdictOf(withPolicy.Key).Reason);
    }

    [Fact]
    public void A_displaced_wish_returns_when_the_winner_leaves()
    {
        var store = new IntentStore(new ManualTimeProvider());
        store.Replace(Files, [Peer(Files, "tor1")]);
        store.Replace(Cli, [Peer(Cli, "mine")]);

        store.Replace(Files, []);

        Assert.Equal(Verdict.Accepted, PolicyEngine.Evaluate(store.Snapshot, new()).VerdictOf(Peer(Cli, "mine").Key));
    }

    [Fact]
    public void Policies_of_the_same_name_live_side_by_side_per_owner()
    {
        var evaluation = Evaluate(NamedPolicy(Files, "p"), NamedPolicy(Cli, "p"), Advertisement(Files, "vips", "192.0.2.1/32"), Advertisement(Cli, "vips", "192.0.2.1/32"));

        Assert.Equal(4, evaluation.Accepted.Count());
        Assert.Empty(evaluation.Displaced);
    }

    [Fact]
    public void A_changed_precedence_changes_who_counts()
    {
        var snapshot = Evaluate(Peer(Cli, "mine"), Peer(Files, "tor1")).Snapshot;

        var evaluation = PolicyEngine.Evaluate(snapshot, new PolicyOptions { Precedence = [Cli, Files] });

        Assert.Equal(Cli, Assert.Single(evaluation.Peers).Key.Owner);
    }

    private static Evaluation Evaluate(params Intent[] intents)
    {
        var store = new IntentStore(new ManualTimeProvider());
        foreach (var ofOwner in intents.GroupBy(intent => intent.Key.Owner))
        {
            store.Replace(ofOwner.Key, [.. ofOwner]);
        }

        return PolicyEngine.Evaluate(store.Snapshot, new());
    }

    private static (VerdictKind, VerdictReason, string?) Loser(Evaluation evaluation, Owner owner, IntentType type, string id)
    {
        var verdict = evaluation.VerdictOf(new(owner, type, id));
        return (verdict.Kind, verdict.Reason, verdict.Winner?.Id);
    }
}
