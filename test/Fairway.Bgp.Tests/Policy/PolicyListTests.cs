using Fairway.Bgp.Policy;
using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Bgp.Tests.Policy;

/// <summary>Which statement and which policy of a list decide.</summary>
public sealed class PolicyListTests
{
    private static readonly PolicyInput Route = new(IpPrefix.Parse("198.51.100.0/24"), RouteSource.Bgp, PeerType.External, "tor1", new(64500), new());
    private static readonly PolicyStatement Accept = new() { Then = PolicyVerdict.Accept };
    private static readonly PolicyStatement Reject = new() { Then = PolicyVerdict.Reject };
    private static readonly PolicyStatement Other = new() { Match = new() { Source = RouteSource.Local }, Then = PolicyVerdict.Reject };

    public static TheoryData<string, ValueList<RoutePolicy>, bool, string?, int?> Rows => new()
    {
        { "no policy accepts", [], true, null, null },
        { "the end of a list rejects", [new("a")], false, "a", null },
        { "the first that matches decides", [new("a") { Statements = [Other, Accept, Reject] }], true, "a", 2 },
        { "next goes on to the next policy", [new("a") { Statements = [new()] }, new("b") { Statements = [Accept] }], true, "b", 1 },
        { "a policy's default decides", [new("a") { Default = PolicyVerdict.Accept }, new("b") { Statements = [Reject] }], true, "a", null },
        { "a policy's default rejects", [new("a") { Default = PolicyVerdict.Reject }, new("b") { Statements = [Accept] }], false, "a", null },
        { "the end of two rejects", [new("a"), new("b") { Statements = [Other] }], false, "b", null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_first_answer_counts(string row, ValueList<RoutePolicy> policies, bool accepted, string? policy, int? statement)
    {
        var outcome = PolicyEvaluator.Evaluate(policies, Route);

        Assert.True((accepted, policy, statement) == (outcome.Accepted, outcome.Policy, outcome.Statement), row);
    }

    [Fact]
    public void Only_a_policy_that_asks_for_prefixes_needs_to_see_them()
    {
        var range = new PrefixRange(IpPrefix.Parse("198.51.100.0/24"), 24, 32);
        RoutePolicy asks = new("a") { Statements = [Accept, new() { Match = new() { Not = new() { Prefixes = [range] } } }] };

        Assert.True(PolicyEvaluator.IgnoresPrefix([new("b") { Statements = [Other] }]));
        Assert.False(PolicyEvaluator.IgnoresPrefix([new("b"), asks]));
    }
}
