using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Reconciliation.Compilation;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Reconciliation.Tests.Compilation;

public sealed class SpeakerCompilerTests
{
    private static readonly NodeFacts Node = new("n1", RouterId.Parse("192.0.2.1"));
    private static readonly PeerKey Tor1 = new(IpAddr.Parse("192.0.2.11"));
    private readonly SpeakerCompiler _compiler = new(Ranking);
    private readonly HashSet<IpPrefix> _learned = [];

    [Fact]
    public void Without_an_instance_nothing_is_wanted_and_everything_says_so()
    {
        var peer = Peer("tor1", "192.0.2.11", 64511);
        var wish = Advertisement("vips", "203.0.113.1/32");

        var compiled = Compile(peer, wish);

        Assert.Null(compiled.Desired.Instance);
        Assert.Empty(compiled.Desired.Peers);
        Assert.Empty(compiled.Desired.Advertisements);
        Assert.Equal(VerdictReason.NoInstance, compiled.VerdictOf(peer).Reason);
        Assert.Equal(VerdictReason.NoInstance, compiled.VerdictOf(wish).Reason);
    }

    [Fact]
    public void An_instance_without_router_id_takes_the_nodes()
    {
        var chosen = Compile(Instance(64496));
        var configured = Compile(Instance(64496) with { RouterId = RouterId.Parse("192.0.2.99") });

        Assert.Equal(Node.RouterId, chosen.Desired.Instance!.RouterId);
        Assert.Equal(RouterId.Parse("192.0.2.99"), configured.Desired.Instance!.RouterId);
    }

    [Theory]
    [InlineData(RemoteAsKind.Number, 64511u, 64511u, PeerType.External)]
    [InlineData(RemoteAsKind.Number, 64496u, 64496u, PeerType.Internal)]
    [InlineData(RemoteAsKind.Internal, 0u, 64496u, PeerType.Internal)]
    [InlineData(RemoteAsKind.External, 0u, null, PeerType.External)]
    public void The_remote_as_decides_the_type_of_a_peer(RemoteAsKind kind, uint asn, uint? expected, PeerType type)
    {
        var peer = Peer("tor1", "192.0.2.11", 1) with { RemoteAs = new RemoteAs(kind, new Asn(asn)) };

        var options = Compile(Instance(64496), peer).Desired.Peers[Tor1];

        Assert.Equal((expected is { } number ? new Asn(number) : (Asn?)null, type), (options.Asn, options.Type));
    }

    [Theory]
    [InlineData(true, 64511u, true)]
    [InlineData(true, 64496u, false)]
    [InlineData(false, 64511u, false)]
    public void Only_external_peers_require_a_policy_and_only_where_the_instance_says_so(bool instance, uint asn, bool expected)
    {
        var compiled = Compile(Instance(64496, instance), Peer("tor1", "192.0.2.11", asn));

        Assert.Equal(expected, compiled.Desired.Peers[Tor1].RequiresPolicy);
    }

    [Fact]
    public void Policies_are_found_by_name_and_one_that_is_missing_rejects_everything()
    {
        var peer = Peer("tor1", "192.0.2.11", 64511) with
        {
            Families = [new PeerFamilyIntent(AddressFamily.Ipv4Unicast, ["in", "gone"], [])],
        };

        var compiled = Compile(Instance(64496), peer, Policy("in", PolicyVerdict.Accept));

        var family = Assert.Single(compiled.Desired.Peers[Tor1].Families);
        Assert.Equal([("in", PolicyVerdict.Accept), ("gone", PolicyVerdict.Reject)], family.Import.Select(policy => (policy.Name, policy.Default)));
        Assert.Equal((VerdictKind.Accepted, VerdictReason.UnknownPolicy), (compiled.VerdictOf(peer).Kind, compiled.VerdictOf(peer).Reason));
        Assert.Contains("'gone'", compiled.VerdictOf(peer).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_whose_password_cannot_be_read_stays_wanted_and_says_why()
    {
        var peer = Peer("tor1", "192.0.2.11", 64511);
        peer = peer with { Options = peer.Options with { Password = SecretValue.Missing("tor1.key: no such file") } };

        var compiled = Compile(Instance(64496), peer);

        Assert.True(compiled.Desired.Peers[Tor1].Password!.IsMissing);
        Assert.Equal(VerdictReason.SecretMissing, compiled.VerdictOf(peer).Reason);
    }

    [Fact]
    public void A_blackhole_is_wanted_as_long_as_its_advertisement_counts()
    {
        var aggregate = Advertisement("aggregate", "203.0.113.0/24") with { Blackhole = true };

        Assert.Equal([aggregate.Prefix], Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), aggregate).Blackholes);
        Assert.Empty(Compile(Instance(64496), aggregate).Blackholes);
        Assert.Empty(Compile(aggregate).Blackholes);
    }

    [Fact]
    public void A_conditional_advertisement_waits_until_one_of_its_prefixes_is_wished_or_learned()
    {
        var wish = Advertisement("edge", "203.0.113.1/32") with { WhenAnyOf = [IpPrefix.Parse("198.51.100.0/24"), IpPrefix.Parse("0.0.0.0/0")] };
        var other = Advertisement("other", "198.51.100.0/24");

        var waiting = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), wish);
        Assert.Equal((VerdictKind.Refused, VerdictReason.ConditionNotMet), (waiting.VerdictOf(wish).Kind, waiting.VerdictOf(wish).Reason));
        Assert.Equal(wish.WhenAnyOf.Order(), waiting.Watched.Order());
        Assert.Empty(waiting.Desired.Advertisements);

        var wished = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), wish, other);
        Assert.Equal(2, wished.Desired.Advertisements.Count);

        _learned.Add(IpPrefix.Parse("0.0.0.0/0"));
        var learned = Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), wish);
        Assert.Equal([wish.Prefix], learned.Desired.Advertisements.Keys);
    }

    [Fact]
    public void Conditions_follow_chains_and_a_circle_holds_nothing()
    {
        var first = Advertisement("first", "203.0.113.1/32") with { WhenAnyOf = [IpPrefix.Parse("203.0.113.2/32")] };
        var second = Advertisement("second", "203.0.113.2/32") with { WhenAnyOf = [IpPrefix.Parse("203.0.113.3/32")] };
        var third = Advertisement("third", "203.0.113.3/32");
        var circle = third with { WhenAnyOf = [IpPrefix.Parse("203.0.113.1/32")] };

        Assert.Equal(3, Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), first, second, third).Desired.Advertisements.Count);
        Assert.Empty(Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), first, second, circle).Desired.Advertisements);
    }

    [Fact]
    public void A_wish_does_not_wait_for_its_own_prefix()
    {
        var wish = Advertisement("edge", "203.0.113.1/32") with { WhenAnyOf = [IpPrefix.Parse("203.0.113.1/32")] };
        _learned.Add(wish.Prefix); // it would no longer count as learned once we advertise it, and come and go for ever

        Assert.Equal(VerdictReason.ConditionNotMet, Compile(Instance(64496), Peer("tor1", "192.0.2.11", 64511), wish).VerdictOf(wish).Reason);
    }

    [Fact]
    public void Compiling_again_keeps_the_very_same_prefixes_and_names_only_the_one_that_changed()
    {
        var wishes = Enumerable.Range(0, 50).Select(number => (Intent)Advertisement("vips", $"203.0.113.{number}/32")).ToArray();
        var first = Compile([Instance(64496), Peer("tor1", "192.0.2.11", 64511), .. wishes]);
        Assert.Equal(50, first.Changed.Length);

        wishes[7] = Advertisement("vips", "203.0.113.7/32", med: 5);
        var second = Compile([Instance(64496), Peer("tor1", "192.0.2.11", 64511), .. wishes]);

        Assert.Equal(IpPrefix.Parse("203.0.113.7/32"), Assert.Single(second.Changed));
        var untouched = IpPrefix.Parse("203.0.113.8/32");
        Assert.Same(first.Desired.Advertisements[untouched], second.Desired.Advertisements[untouched]);
    }

    [Fact]
    public void What_a_compiler_remembers_never_shows_in_its_result()
    {
        Intent[][] histories =
        [
            [Instance(64496), Peer("tor1", "192.0.2.11", 64511), Advertisement("a", "203.0.113.1/32", Named("tor1"))],
            [Advertisement("a", "203.0.113.1/32")],
            [Instance(64496), Peer("tor2", "192.0.2.12", 64511, "rack=a"), Advertisement("b", "203.0.113.1/32", Labelled("rack", "a")), Advertisement("c", "203.0.113.2/32")],
            [Instance(64496), Peer("tor2", "192.0.2.12", 64511, "rack=b"), Advertisement("b", "203.0.113.1/32", Labelled("rack", "a")), Advertisement("c", "203.0.113.2/32")],
        ];

        foreach (var intents in histories)
        {
            var remembering = Compile(intents);
            var fresh = new SpeakerCompiler(Ranking).Compile(Evaluate(intents), Node, _learned.Contains);
            Assert.Equal(fresh.Desired.Advertisements.OrderBy(wish => wish.Key), remembering.Desired.Advertisements.OrderBy(wish => wish.Key));
            Assert.Equal(fresh.Desired.Peers.OrderBy(peer => peer.Key), remembering.Desired.Peers.OrderBy(peer => peer.Key));
            Assert.Equal(intents.Select(fresh.VerdictOf), intents.Select(remembering.VerdictOf));
        }
    }

    private CompiledSpeaker Compile(params ReadOnlySpan<Intent> intents) => _compiler.Compile(Evaluate(intents), Node, _learned.Contains);
}
