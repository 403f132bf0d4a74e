using Fairway.Intents.Policy;
using Fairway.Net;
using static Fairway.Testing.Intents.Wishes;

namespace Fairway.Agent.Tests;

public sealed class RouterIdChoiceTests
{
    [Fact]
    public void The_hash_of_a_name_is_fnv_1a_and_the_same_everywhere()
    {
        Assert.Equal(0xBF9CF968, RouterIdChoice.FromName("foobar").Value); // a test vector of the algorithm's authors
        Assert.NotEqual(0xE40C292C, RouterIdChoice.FromName("a").Value); // likewise, but in 224/3: it is hashed again
    }

    [Fact]
    public void No_name_gives_an_id_that_is_no_unicast_address() => Assert.All(Enumerable.Range(0, 5000), number =>
    {
        var first = RouterIdChoice.FromName($"node-{number}").Value >> 24;
        Assert.False(first is 0 or 127 or >= 224, $"node-{number}: {first}");
    });

    [Fact]
    public void A_source_address_that_is_loopback_does_not_count() =>
        Assert.Equal(RouterIdChoice.FromName("n1"), RouterIdChoice.Choose("n1", [IpAddr.Parse("127.0.0.5"), IpAddr.Parse("::1")]));

    [Fact]
    public void It_is_chosen_once_and_kept()
    {
        var routerId = new NodeRouterId("n1", null);
        Assert.Null(routerId.Chosen);

        var first = routerId.Decide(Evaluate(Instance(64496))).RouterId;
        var second = routerId.Decide(Evaluate(Instance(64496), Peer("tor", "127.0.0.9", 64497))).RouterId;

        Assert.Equal((first, first), (second, routerId.Chosen));
    }

    [Fact]
    public void What_an_earlier_run_chose_counts()
    {
        var kept = RouterId.Parse("192.0.2.77");

        Assert.Equal(kept, new NodeRouterId("n1", kept).Decide(Evaluate(Instance(64496))).RouterId);
    }

    [Fact]
    public void Nothing_is_chosen_while_nothing_needs_it()
    {
        var routerId = new NodeRouterId("n1", null);

        routerId.Decide(Evaluation.Empty);

        Assert.Null(routerId.Chosen);
    }
}
