using System.Collections.Immutable;
using System.Globalization;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Plans;
using Fairway.Speakers;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests.Plans;

/// <summary>
/// Plans as short text. A state is words: "as 64496" is the instance, "tor 11" the peer 192.0.2.11 ("tor 11 hold 30" with that hold time),
/// "vip 1" the prefix 203.0.113.1/32 ("vip 1 med 5" with that MED). A plan is "+" (add), "~" (change) and "-" (remove) with the impact.
/// </summary>
public sealed class SpeakerPlannerTests
{
    [Theory]
    [InlineData("", "", "")] // nothing wanted, nothing there
    [InlineData("as 64496, tor 11, vip 1", "as 64496, tor 11, vip 1", "")] // a second run changes nothing
    [InlineData("", "tor 11, vip 1, as 64496", "+as 64496, +vip 1, +tor 11")] // up: routes before peers, so that first updates are complete
    [InlineData("as 64496, tor 11, vip 1", "", "-tor 11 reset, -vip 1, -as 64496 reset")] // down: the reverse, no withdrawals to a peer that goes
    [InlineData("as 64496, tor 11", "as 64496, tor 12", "+tor 12, -tor 11 reset")] // adds before it removes
    [InlineData("as 64496, vip 1", "as 64496, vip 2", "+vip 2, -vip 1")] // likewise
    [InlineData("as 64496, vip 1", "as 64496, vip 1 med 5", "~vip 1 med 5")] // one changed prefix costs one prefix
    [InlineData("as 64496, tor 11", "as 64496, tor 11 hold 30", "~tor 11 hold 30 reset")] // the OPEN says the hold time
    [InlineData("as 64496, tor 11", "as 64497, tor 11", "~as 64497 reset")] // every session shows the AS
    [InlineData("as 64496, tor 11, vip 1", "as 64497, tor 12, vip 2", "~as 64497 reset, +vip 2, +tor 12, -tor 11 reset, -vip 1")] // all at once
    public void A_plan_leads_from_applied_to_desired_in_order(string applied, string desired, string expected)
    {
        var plan = SpeakerPlanner.Between(StateOf(applied), StateOf(desired));

        Assert.Equal(expected, string.Join(", ", plan.Changes.Select(Text)));
        var reached = plan.Changes.Aggregate(StateOf(applied), (state, change) => state.After(change));
        Assert.True(SpeakerPlanner.Between(reached, StateOf(desired)).IsEmpty);
    }

    [Fact]
    public void Only_dirty_prefixes_are_compared_when_they_are_given()
    {
        var plan = SpeakerPlanner.Between(StateOf("as 64496, vip 1, vip 2"), StateOf("as 64496, tor 11"), [IpPrefix.Parse("203.0.113.2/32")]);

        Assert.Equal("+tor 11, -vip 2", string.Join(", ", plan.Changes.Select(Text)));
    }

    [Fact]
    public void A_plan_is_shown_with_objects_owners_and_fields()
    {
        var compiler = new SpeakerCompiler(Ranking);
        var node = new NodeFacts("n1", RouterId.Parse("192.0.2.1"));
        var tor1 = Peer("tor1", "192.0.2.11", 64511);
        var before = compiler.Compile(Evaluate(Instance(64496), tor1, Advertisement("old", "203.0.113.1/32"), Advertisement("vips", "203.0.113.2/32")), node, _ => false);
        tor1 = tor1 with { Options = tor1.Options with { Timers = new PeerTimers { Hold = TimeSpan.FromSeconds(30) } } };
        var after = compiler.Compile(Evaluate(Instance(64496), tor1, Advertisement("vips", "203.0.113.2/32", med: 5)), node, _ => false);

        var rows = PlanView.Rows(SpeakerPlanner.Between(before.Desired, after.Desired), before, after);

        Assert.Equal(
        [
            "Change speaker Advertisement 203.0.113.2/32 files/fairway None: spec.attributes.med ''->'5'",
            "Change speaker BgpPeer tor1 files/fairway Reset: spec.timers.hold '90s'->'30s'",
            "Remove speaker Advertisement 203.0.113.1/32 files/fairway None: ",
        ], rows.Select(Line));
        Assert.Equal(ChangeImpact.Reset, PlanView.ImpactOf(SpeakerPlanner.Between(before.Desired, after.Desired)));
        Assert.Equal(ChangeImpact.None, PlanView.ImpactOf(SpeakerPlan.Empty));
    }

    private static string Line(PlanRow row) =>
        $"{row.Action} {row.Layer} {row.Kind} {row.Object} {row.Owner} {row.Impact}: {string.Join(' ', row.Fields.Select(field => $"{field.Path} '{field.From}'->'{field.To}'"))}";

    private static SpeakerState StateOf(string text)
    {
        var state = SpeakerState.Empty;
        foreach (var words in text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split(' ')))
        {
            var number = uint.Parse(words[1], CultureInfo.InvariantCulture);
            var extra = words.Length > 3 ? uint.Parse(words[3], CultureInfo.InvariantCulture) : (uint?)null;
            state = state.After(words[0] switch
            {
                "as" => new SpeakerChange.Instance(null, new BgpInstanceOptions { Asn = new Asn(number), RouterId = new RouterId(1) }, default),
                "tor" => PeerOf($"192.0.2.{number}", extra),
                _ => AdvertisementOf(IpPrefix.Parse($"203.0.113.{number}/32"), extra),
            });
        }

        return state;
    }

    private static SpeakerChange.Peer PeerOf(string address, uint? hold)
    {
        var peer = new PeerOptions { Name = address, Key = new PeerKey(IpAddr.Parse(address)), Timers = new PeerTimers { Hold = TimeSpan.FromSeconds(hold ?? 90) } };
        return new SpeakerChange.Peer(peer.Key, null, peer, default);
    }

    private static SpeakerChange.Advertisement AdvertisementOf(IpPrefix prefix, uint? med) =>
        new(prefix, null, new AdvertisedPrefix(prefix, [new AdvertisedAlternative(null, new AdvertisedAttributes { Med = med })]));

    private static string Text(SpeakerChange change)
    {
        var (isNew, isGone, text) = change switch
        {
            SpeakerChange.Instance step => (step.Before is null, step.After is null, $"as {(step.After ?? step.Before)!.Asn}"),
            SpeakerChange.Peer step => (step.Before is null, step.After is null, Text((step.After ?? step.Before)!)),
            SpeakerChange.Advertisement step => (step.Before is null, step.After is null, Text((step.After ?? step.Before)!)),
            _ => throw new InvalidOperationException(),
        };
        var impact = change.Impact is ChangeImpact.None ? "" : $" {change.Impact.ToString().ToLowerInvariant()}";
        return $"{(isNew ? '+' : isGone ? '-' : '~')}{text}{impact}";
    }

    private static string Text(PeerOptions peer) =>
        $"tor {peer.Key.Address.ToString().Split('.')[3]}" + (peer.Timers.Hold.TotalSeconds == 90 ? "" : $" hold {peer.Timers.Hold.TotalSeconds}");

    private static string Text(AdvertisedPrefix wish) =>
        $"vip {wish.Prefix.Address.ToString().Split('.')[3]}" + (wish.Alternatives[0].Attributes.Med is { } med ? $" med {med}" : "");
}
