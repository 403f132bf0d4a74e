using Fairway.Bgp.Rib.Decision;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>Candidates that are worse in exactly one rule, in every order.</summary>
public sealed class DecisionProcessTests
{
    private static readonly Candidate Good = new()
    {
        Weight = 10,
        LocalPref = 200,
        IsLocal = true,
        AsPathLength = 2,
        Origin = Origin.Igp,
        NeighborAsn = new(64501),
        Med = 5,
        IsExternal = true,
        IgpMetric = 10,
        RouterId = new(10),
        Peer = new(IpAddr.Parse("192.0.2.10")),
    };

    // Each is worse in its own rule, and better in every later one.
    public static TheoryData<DecisionStep, Candidate> Worse => new()
    {
        { DecisionStep.Weight, Better(DecisionStep.Weight) with { Weight = 9 } },
        { DecisionStep.LocalPref, Better(DecisionStep.LocalPref) with { LocalPref = 199 } },
        { DecisionStep.LocalOrigin, Better(DecisionStep.LocalOrigin) with { IsLocal = false } },
        { DecisionStep.AsPathLength, Better(DecisionStep.AsPathLength) with { AsPathLength = 3 } },
        { DecisionStep.Origin, Better(DecisionStep.Origin) with { Origin = Origin.Egp } },
        { DecisionStep.Med, Better(DecisionStep.Med) with { Med = 6 } },
        { DecisionStep.PeerType, Better(DecisionStep.PeerType) with { IsExternal = false } },
        { DecisionStep.IgpMetric, Better(DecisionStep.IgpMetric) with { IgpMetric = 11 } },
        { DecisionStep.RouterId, Better(DecisionStep.RouterId) with { RouterId = new(11) } },
        { DecisionStep.PeerAddress, Good with { Peer = new(IpAddr.Parse("192.0.2.11")) } },
    };

    [Theory]
    [MemberData(nameof(Worse))]
    public void The_first_rule_that_differs_decides_in_every_order(DecisionStep step, Candidate worse)
    {
        var steps = new DecisionStep[2];

        Assert.Equal(0, DecisionProcess.Select([Good, worse], steps));
        Assert.Equal([step, step], steps);
        Assert.Equal(1, DecisionProcess.Select([worse, Good], steps));
        Assert.Equal([step, step], steps);
    }

    [Fact]
    public void A_single_path_is_the_best_since_there_is_no_other()
    {
        var steps = new DecisionStep[1];

        Assert.Equal(0, DecisionProcess.Select([Good], steps));
        Assert.Equal([DecisionStep.OnlyPath], steps);
    }

    // RFC 4271 §9.1.2.2 c: a, b of one AS, c of another. c beats a, a beats b by MED, b would beat c: without grouping the order would decide.
    [Fact]
    public void MEDs_of_different_neighbor_ASes_do_not_compare_and_the_order_of_arrival_does_not_matter()
    {
        var a = Good with { Med = 1, RouterId = new(30) };
        var b = Good with { Med = 2, RouterId = new(10) };
        var c = Good with { Med = 9, RouterId = new(20), NeighborAsn = new(64502) };
        Candidate[][] orders = [[a, b, c], [a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]];

        foreach (var order in orders)
        {
            var steps = new DecisionStep[3];
            var best = DecisionProcess.Select(order, steps);

            Assert.Equal(c, order[best]);
            Assert.Equal(DecisionStep.Med, steps[Array.IndexOf(order, b)]);
            Assert.Equal(DecisionStep.RouterId, steps[Array.IndexOf(order, a)]);
        }
    }

    [Fact]
    public void Paths_equal_through_the_metric_share_the_load_up_to_the_limit_of_their_type()
    {
        Candidate[] candidates = [Good with { IsLocal = false }, With(12), With(11), With(13), With(1) with { IgpMetric = 11 }];

        Assert.Equal([2, 1], Others(candidates, new() { Ebgp = 3 }));
        Assert.Equal([2, 1, 3], Others(candidates, new() { Ebgp = 8 }));
        Assert.Empty(Others(candidates, new() { Ebgp = 1, Ibgp = 8 }));
    }

    [Fact]
    public void Without_relaxation_the_paths_must_be_the_same_and_not_only_as_long()
    {
        Candidate[] candidates = [Good with { IsLocal = false }, With(12), With(11)];

        Assert.Equal([1], Others(candidates, new() { Ebgp = 8 }, sameAsPath: (_, other) => other == 1));
        Assert.Equal([2, 1], Others(candidates, new() { Ebgp = 8, RelaxAsPath = true }, sameAsPath: (_, other) => other == 1));
    }

    [Fact]
    public void Nothing_shares_the_load_with_a_route_of_our_own()
    {
        Assert.Empty(Others([Good, Good with { RouterId = new(11) }], new() { Ebgp = 8, Ibgp = 8 }));
    }

    private static Candidate With(uint routerId) => Good with { IsLocal = false, RouterId = new(routerId) };

    private static List<int> Others(Candidate[] candidates, MultipathOptions options, Func<int, int, bool>? sameAsPath = null)
    {
        var steps = new DecisionStep[candidates.Length];
        var others = new List<int>();
        var best = DecisionProcess.Select(candidates, steps);
        MultipathSelection.Select(candidates, steps, best, options, sameAsPath ?? ((_, _) => true), others);
        return others;
    }

    private static Candidate Better(DecisionStep than) => Good with
    {
        LocalPref = than < DecisionStep.LocalPref ? 201u : 200,
        AsPathLength = than < DecisionStep.AsPathLength ? 1 : 2,
        Med = than < DecisionStep.Med ? 4u : 5,
        IgpMetric = than < DecisionStep.IgpMetric ? 9u : 10,
        RouterId = new(than < DecisionStep.RouterId ? 9u : 10),
        Peer = new(IpAddr.Parse("192.0.2.9")),
    };
}
