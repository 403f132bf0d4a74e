using Fairway.Contracts.V1;
using Fairway.Grpc.Client;
using Fairway.Grpc.Server;
using Fairway.Grpc.Wire;
using Fairway.Intents.Model;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;
using Fairway.Speakers;
using Fairway.Testing.Speakers;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using static Fairway.Testing.Intents.Wishes;
using AsPath = Fairway.Net.Routes.AsPath;

namespace Fairway.Api.Tests;

/// <summary>The service over a real socket, as the CLI calls it.</summary>
public sealed class AgentServiceTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("fairway-api-").FullName;
    private readonly ApiBench _bench = new(Instance(64496), Peer("tor1", "192.0.2.1", 64497), Peer("tor2", "192.0.2.2", 64498), Advertisement("vips", "203.0.113.1/32"));
    private GrpcServer _server = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        var socket = Path.Combine(_directory, "agent.sock");
        _server = Serving(socket, _bench);
        await _server.StartAsync(CancellationToken.None);
        _channel = GrpcChannel.ForUnixSocket(socket, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Status_sums_up_and_gives_every_problem_as_a_warning()
    {
        _bench.Up(ApiBench.Tor1, "203.0.113.1/32");
        _bench.Snapshot = _bench.Snapshot with
        {
            Sources = [new SourceState("files", "ready", _bench.Time.GetUtcNow())],
            Problems = [new SourceProblem(ProblemSeverity.Error, "BadPrefix", "'x' is not a prefix") { Object = "Advertisement/y", Field = "spec.prefixes[0]" }],
            Warnings = ["the disk is full"],
        };
        _bench.Time.Advance(TimeSpan.FromSeconds(42));

        var status = await GetAsync(FairwayMethods.GetStatus, new GetStatusRequest(), GetStatusResponse.Parser);

        Assert.Equal(("n1", 64496u, "192.0.2.99", "fake", "fake"), (status.Node, status.Asn, status.RouterId, status.Speaker, status.Dataplane));
        Assert.Equal((1u, 2u, 1u, 1u), (status.PeersUp, status.PeersTotal, status.PrefixesDesired, status.PrefixesAdvertised));
        Assert.Equal(("files", "ready", 42u), (status.Sources[0].Name, status.Sources[0].State, status.Sources[0].AgeSeconds));
        Assert.Equal(["the disk is full", "error: Advertisement/y spec.prefixes[0]: 'x' is not a prefix (BadPrefix)"], status.Warnings);
        Assert.False(status.Restarting);
    }

    [Fact]
    public async Task A_peer_that_the_speaker_refused_is_listed_with_the_reason()
    {
        var refused = _bench.Fake.State.Peers[ApiBench.Tor2];
        _bench.Fake.State = _bench.Fake.State with { Peers = _bench.Fake.State.Peers.Remove(ApiBench.Tor2) };
        _bench.Snapshot = _bench.Snapshot with { Failures = [new SpeakerFailure(new SpeakerChange.Peer(ApiBench.Tor2, null, refused, ChangeImpact.None), "no such interface")] };

        var peers = (await GetAsync(FairwayMethods.ListPeers, new ListPeersRequest(), ListPeersResponse.Parser)).Peers;

        Assert.Equal([("tor1", "Idle", ""), ("tor2", "Idle", "no such interface")], peers.Select(peer => (peer.Name, peer.State, peer.LastError)));
        Assert.All(peers, peer => Assert.Equal("files/fairway", peer.Owner));
    }

    [Fact]
    public async Task A_best_route_lists_the_next_hops_of_all_paths_that_share_the_load()
    {
        var prefix = IpPrefix.Parse("198.51.100.0/24");
        await _bench.Routing.ApplyLearnedAsync(new LearnedBatch([new LearnedChange(prefix, Learn.Route("198.51.100.0/24", "192.0.2.1", "192.0.2.2"))], []), CancellationToken.None);
        _bench.Fake.Routes[new RouteQuery(RouteView.LocRib)] =
        [
            new RouteRow(prefix, ApiBench.Tor1, Attributes("192.0.2.1"), Best: true, Stale: false, "lowest-peer-address"),
            new RouteRow(prefix, ApiBench.Tor2, Attributes("192.0.2.2"), Best: false, Stale: true, "multipath"),
        ];

        var routes = await ListRoutesAsync(new ListRoutesRequest());

        Assert.Equal(
            ["tor1 [192.0.2.1,192.0.2.2] best", "tor2 [192.0.2.2] stale multipath"],
            routes.Select(route => $"{route.Peer} [{string.Join(',', route.NextHops)}]{(route.Best ? " best" : "")}{(route.Stale ? " stale" : "")}{(route.Best ? "" : " " + route.Reason)}"));
        Assert.False(routes[0].Installed);
        Assert.NotEqual("lowest-peer-address", routes[0].Reason); // why it is not installed counts more than why it was chosen
    }

    [Fact]
    public async Task Attributes_travel_whole_and_what_is_absent_stays_absent()
    {
        var attributes = Attributes("192.0.2.1") with
        {
            AsPath = new AsPath(
            [
                new AsPathSegment(AsPathSegmentType.Sequence, [new Asn(64497)]),
                new AsPathSegment(AsPathSegmentType.Set, [new Asn(64499), new Asn(64500)]),
            ]),
            Med = 0,
            Communities = [Community.Parse("64497:1")],
        };
        _bench.Fake.Routes[new RouteQuery(RouteView.Received, ApiBench.Tor1)] = [new RouteRow(IpPrefix.Parse("198.51.100.0/24"), ApiBench.Tor1, attributes, Best: false, Stale: false, "import")];

        var route = Assert.Single(await ListRoutesAsync(new ListRoutesRequest { Scope = RouteScope.Received, Peer = "tor1" }));

        Assert.Equal((true, 0u, false), (route.HasMed, route.Med, route.HasLocalPref));
        Assert.Equal("64497:1", Assert.Single(route.Communities));
        Assert.Equal(64497u, route.AsPath[0].Asn);
        Assert.Equal([64499u, 64500u], route.AsPath[1].Set.Asns);
        Assert.Equal("igp", route.Origin);
    }

    [Theory]
    [InlineData("203.0.113.1", "")]
    [InlineData("203.0.113.1/32", "")]
    [InlineData("203.0.113.1/32", "192.0.2.1")]
    public async Task A_prefix_may_be_written_as_an_address_and_a_peer_as_name_or_address(string prefix, string peer)
    {
        var answer = await GetAsync(FairwayMethods.Explain, new ExplainRequest { Prefix = prefix, Peer = peer }, ExplainResponse.Parser);

        Assert.Equal(("203.0.113.1/32", "tor1", "session", "fail"), (answer.Prefix, answer.Peer, answer.Gates[^1].Gate, answer.Gates[^1].Result));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_with_a_word_on_what_can()
    {
        Assert.Equal(GrpcStatusCode.InvalidArgument, (await RefusedAsync(new ExplainRequest { Prefix = "vips" })).StatusCode);
        var unknown = await RefusedAsync(new ExplainRequest { Prefix = "203.0.113.1/32", Peer = "tor9" });
        Assert.Equal(GrpcStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("fairway peers", unknown.Message, StringComparison.Ordinal);
        var plan = await Assert.ThrowsAsync<GrpcException>(() => GetAsync(FairwayMethods.Plan, new PlanRequest { Owner = "api/cli" }, PlanResponse.Parser));
        Assert.Equal(GrpcStatusCode.Unimplemented, plan.StatusCode);
    }

    private static GrpcServer Serving(string socket, ApiBench bench)
    {
        var options = new GrpcServerOptions { UnixSocket = new UnixSocketOptions(socket) };
        return new GrpcServer(options, [new AgentService(bench, bench.Time).Describe()], TimeProvider.System, NullLoggerFactory.Instance);
    }

    private Task<GrpcException> RefusedAsync(ExplainRequest request) =>
        Assert.ThrowsAsync<GrpcException>(() => GetAsync(FairwayMethods.Explain, request, ExplainResponse.Parser));

    private static RouteAttributes Attributes(string nextHop) => new() { NextHop = IpAddr.Parse(nextHop) };

    private Task<TResponse> GetAsync<TRequest, TResponse>(string method, TRequest request, MessageParser<TResponse> parser)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => _channel.UnaryAsync(method, request, parser);

    private async Task<List<Route>> ListRoutesAsync(ListRoutesRequest request)
    {
        var routes = new List<Route>();
        await foreach (var batch in _channel.ServerStreaming(FairwayMethods.ListRoutes, request, ListRoutesResponse.Parser))
        {
            routes.AddRange(batch.Routes);
        }

        return routes;
    }
}
