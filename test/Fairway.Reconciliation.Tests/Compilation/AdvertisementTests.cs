using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Reconciliation.Compilation;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests.Compilation;

/// <summary>Which wish counts for which peer (design D5).</summary>
public sealed class AdvertisementTests
{
    private static readonly NodeFacts Node = new("n1", RouterId.Parse("192.0.2.1"));
    private static readonly PeerKey Tor1 = new(IpAddr.Parse("192.0.2.11"));
    private static readonly PeerKey Tor2 = new(IpAddr.Parse("192.0.2.12"));

    [Fact]
    public void An_unscoped_advertisement_goes_to_every_peer_that_carries_its_family()
    {
        var wish = Advertisement("vips", "2001:db8::1/128");
        var onlyIpv4 = Peer("tor2", "192.0.2.12", 64511) with { Families = [new PeerFamilyIntent(AddressFamily.Ipv4Unicast, [], [])] };

        var compiled = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), onlyIpv4, wish);

        Assert.Equal([Tor1], compiled.TargetsOf(wish));
        Assert.Equal("all med=", Text(compiled, wish.Prefix));
    }

    [Fact]
    public void Selectors_match_names_or_all_of_the_labels()
    {
        var tor1 = Peer("tor1", "192.0.2.11", 64511, "rack=a", "role=leaf");
        var tor2 = Peer("tor2", "192.0.2.12", 64511, "rack=b", "role=leaf");
        var byName = Advertisement("a", "203.0.113.1/32", Named("tor2"));
        var byLabel = Advertisement("b", "203.0.113.2/32", Labelled("role", "leaf"));
        var byLabels = Advertisement("c", "203.0.113.3/32", new PeerSelector([], [new Label("rack", "a"), new Label("role", "leaf")]));

        var compiled = Compile(Instance(64496), tor1, tor2, byName, byLabel, byLabels);

        Assert.Equal([Tor2], compiled.TargetsOf(byName));
        Assert.Equal([Tor1, Tor2], compiled.TargetsOf(byLabel));
        Assert.Equal([Tor1], compiled.TargetsOf(byLabels));
    }

    [Fact]
    public void A_selector_without_a_match_is_told_and_nothing_is_advertised()
    {
        var wish = Advertisement("vips", "203.0.113.1/32", Named("tor9"));

        var compiled = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), wish);

        Assert.Empty(compiled.Desired.Advertisements);
        Assert.Equal((VerdictKind.Refused, VerdictReason.NoPeerSelected), (compiled.VerdictOf(wish).Kind, compiled.VerdictOf(wish).Reason));
    }

    [Fact]
    public void Within_an_owner_a_scoped_document_counts_before_an_unscoped_one_for_its_peers()
    {
        var all = Advertisement("a-all", "203.0.113.1/32", med: 1);
        var scoped = Advertisement("z-scoped", "203.0.113.1/32", Named("tor2"), med: 2);

        var compiled = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), Peer("tor2", "192.0.2.12", 64511), all, scoped);

        Assert.Equal("192.0.2.12 med=2; all med=1", Text(compiled, all.Prefix));
        Assert.Equal([Tor1], compiled.TargetsOf(all));
        Assert.Equal([Tor2], compiled.TargetsOf(scoped));
    }

    [Fact]
    public void Within_an_owner_the_smaller_name_counts_and_the_other_says_so()
    {
        var first = Advertisement("a", "203.0.113.1/32", med: 1);
        var second = Advertisement("b", "203.0.113.1/32", med: 2);

        var compiled = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), second, first);

        Assert.Equal("all med=1", Text(compiled, first.Prefix));
        Assert.Equal(new Verdict(VerdictKind.Suppressed, VerdictReason.SameOwner, "Advertisement/a of files/fairway counts", first.Key), compiled.VerdictOf(second));
    }

    [Theory]
    [InlineData(1u, VerdictReason.SameWish)]
    [InlineData(2u, VerdictReason.HigherPrecedence)]
    public void Across_owners_the_higher_one_counts_also_against_a_scoped_wish(uint med, VerdictReason expected)
    {
        var higher = Advertisement("a", "203.0.113.1/32", med: 1);
        var lower = Advertisement("a", "203.0.113.1/32", Named("tor1"), med, owner: "api/cli");

        var compiled = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), lower, higher);

        Assert.Equal("all med=1", Text(compiled, higher.Prefix));
        Assert.Equal((VerdictKind.Suppressed, expected, higher.Key), (compiled.VerdictOf(lower).Kind, compiled.VerdictOf(lower).Reason, compiled.VerdictOf(lower).Winner!.Value));
    }

    [Fact]
    public void A_lower_owner_still_counts_for_the_peers_that_the_higher_one_leaves_out()
    {
        var higher = Advertisement("a", "203.0.113.1/32", Named("tor1"), med: 1);
        var lower = Advertisement("a", "203.0.113.1/32", med: 2, owner: "api/cli");

        var compiled = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), Peer("tor2", "192.0.2.12", 64511), lower, higher);

        Assert.Equal("192.0.2.11 med=1; all med=2", Text(compiled, higher.Prefix));
        Assert.Equal([Tor2], compiled.TargetsOf(lower));
        Assert.Equal(Verdict.Accepted, compiled.VerdictOf(lower));
    }

    [Fact]
    public void A_peer_that_originates_the_default_gets_it_alone_in_each_of_its_families()
    {
        var peer = Peer("tor1", "192.0.2.11", 64511) with { DefaultOriginate = true };

        var compiled = Compile(Instance(64496), peer, Peer("tor2", "192.0.2.12", 64511));

        Assert.Equal("192.0.2.11 med=", Text(compiled, IpPrefix.Parse("0.0.0.0/0")));
        Assert.Equal("192.0.2.11 med=", Text(compiled, IpPrefix.Parse("::/0")));
    }

    private static CompiledSpeaker Compile(params ReadOnlySpan<Intent> intents) => new SpeakerCompiler(Ranking).Compile(Evaluate(intents), Node, _ => false);

    private static string Text(CompiledSpeaker compiled, IpPrefix prefix) => string.Join("; ", compiled.Desired.Advertisements[prefix].Alternatives
        .Select(wish => $"{(wish.Peers is { } peers ? string.Join(' ', peers) : "all")} med={wish.Attributes.Med}"));
}
