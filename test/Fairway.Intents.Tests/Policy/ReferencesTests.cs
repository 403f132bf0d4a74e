using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using static Fairway.Intents.Tests.Wishes;

namespace Fairway.Intents.Tests.Policy;

public sealed class ReferencesTests
{
    [Fact]
    public void A_policy_that_nobody_wrote_is_told_once_with_the_nearest_name()
    {
        var peer = Peer(Files, "tor1") with
        {
            Families = [new(Net.AddressFamily.Ipv4Unicast, ["from-tro"], []), new(Net.AddressFamily.Ipv6Unicast, ["from-tro"], [])],
        };

        var problem = Assert.Single(References.Check([Instance(Files, "default"), peer, NamedPolicy(Files, "from-tor")]));

        Assert.Equal(
            (ProblemSeverity.Warning, ProblemReason.UnknownPolicy, "BgpPeer/tor1", "spec.import", "from-tor", "peers.yaml", 7),
            (problem.Severity, problem.Reason, problem.Object, problem.Field, problem.Suggestion, problem.File, problem.Line));
    }

    [Fact]
    public void An_advertisement_to_a_peer_that_nobody_wrote_is_told_once_for_all_its_prefixes()
    {
        AdvertisementIntent ToNobody(string prefix) => Advertisement(Files, "vips", prefix) with { Peers = new(["tro1"], []) };

        var problems = References.Check([Instance(Files, "default"), Peer(Files, "tor1"), ToNobody("192.0.2.1/32"), ToNobody("192.0.2.2/32")]);

        Assert.Equal((ProblemReason.UnknownPeer, "tor1"), (Assert.Single(problems).Reason, problems[0].Suggestion));
    }

    [Fact]
    public void Peers_without_an_instance_are_told() =>
        Assert.Equal(ProblemReason.NoInstance, Assert.Single(References.Check([Peer(Files, "tor1")])).Reason);
}
