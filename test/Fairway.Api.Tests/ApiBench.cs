using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Drift;
using Fairway.Routing;
using Fairway.Routing.NextHops;
using Fairway.Speakers;
using Fairway.Testing.Dataplanes;
using Fairway.Testing.Intents;
using Fairway.Testing.Speakers;
using Fairway.Testing.Time;

namespace Fairway.Api.Tests;

/// <summary>An agent whose wishes were compiled and whose speaker and dataplane are fakes.</summary>
internal sealed class ApiBench : IAgentView
{
    public static readonly PeerKey Tor1 = new(IpAddr.Parse("192.0.2.1"));
    public static readonly PeerKey Tor2 = new(IpAddr.Parse("192.0.2.2"));

    public ApiBench(params Intent[] intents)
    {
        var dataplane = new FakeDataplane();
        Routing = new RoutingHandler(Fake, dataplane, new NextHopTable(dataplane, FakeDataplane.Metric), Drift, new RoutingOptions(), Time);
        Snapshot = new AgentSnapshot { Node = "n1", Speaker = "fake", Dataplane = "fake" };
        Wish(Wishes.Evaluate(intents));
        Fake.State = Snapshot.Compiled.Desired;
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeSpeaker Fake { get; } = new();

    public AgentSnapshot Snapshot { get; set; }

    public ISpeaker Speaker => Fake;

    public RoutingHandler Routing { get; }

    public DriftLog Drift { get; } = new(TimeProvider.System);

    public PlanResult Plan(IReadOnlyList<PlannedDocument> documents) => throw new NotSupportedException("these tests plan nothing");

    /// <summary>The session of a peer is up, and these prefixes are in its Adj-RIB-Out.</summary>
    public void Up(PeerKey peer, params string[] written)
    {
        var options = Fake.State.Peers[peer];
        Fake.PeerStates[peer] = new PeerStatus { Key = peer, Name = options.Name, State = BgpState.Established, Advertised = written.Length };
        Fake.Routes[new RouteQuery(RouteView.Advertised, peer)] =
            [.. written.Select(prefix => new RouteRow(IpPrefix.Parse(prefix), peer, new RouteAttributes(), Best: true, Stale: false, Reason: null))];
    }

    private void Wish(Evaluation evaluation) => Snapshot = Snapshot with
    {
        Wishes = [.. evaluation.Advertisements.OrderBy(wish => wish.Prefix).ThenBy(wish => wish.Origin.Name, StringComparer.Ordinal)],
        PrefixesDesired = evaluation.Advertisements.Select(wish => wish.Prefix).Distinct().Count(),
        Verdicts = evaluation.Displaced,
        Compiled = new SpeakerCompiler(Wishes.Ranking).Compile(evaluation, new NodeFacts("n1", RouterId.Parse("192.0.2.99")), _ => false),
    };
}
