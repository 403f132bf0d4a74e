using System.Net;
using Fairway.Contracts.V1;
using Fairway.Grpc.Client;
using Fairway.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairway.Agent.Tests.Running;

/// <summary>An agent on a loopback address without a dataplane, with its documents, state and sockets in a scratch directory.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly ScratchDirectory _scratch = new();
    private readonly GrpcChannel _channel;
    private AgentHost? _host;

    private TestNode(string name, IPAddress address, AgentOptions? options)
    {
        (Name, Address, Port) = (name, address, FreePort.Find(address));
        Directory.CreateDirectory(Documents);
        Options = options ?? new AgentOptions
        {
            Node = name,
            FilesPath = Documents,
            FilesSettle = TimeSpan.FromMilliseconds(10),
            Dataplane = new DataplaneOptions { Kind = DataplaneKind.None },
            Api = new ApiOptions { Socket = _scratch["agent.sock"] },
            Http = new IPEndPoint(address, FreePort.Find(address)),
            State = _scratch["state"],
        };
        _channel = GrpcChannel.ForUnixSocket(Options.Api.Socket, TimeProvider.System);
    }

    public string Name { get; }

    public IPAddress Address { get; }

    public ushort Port { get; }

    public AgentOptions Options { get; }

    public string Documents => _scratch["documents"];

    public string State => _scratch["state"];

    /// <summary>A node of its own, or with the options, and so the documents, of another.</summary>
    public static TestNode At(string address, string name, AgentOptions? options = null) => new(name, IPAddress.Parse(address), options);

    /// <summary>An instance and a peer for each other node, which restart gracefully.</summary>
    public void WriteBgp(uint asn, params (TestNode Node, uint Asn)[] peers) => Write("bgp.yaml", string.Join("---\n",
    [
        $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: BgpInstance
        metadata: {name: default}
        spec:
          asn: {{asn}}
          listen: [{address: {{Address}}, port: {{Port}}}]
          ebgpRequiresPolicy: false
          gracefulRestart: {restartTime: 60s, selectionDeferral: 20s}

        """,
        .. peers.Select(peer => $$"""
            apiVersion: fairway.dev/v1alpha1
            kind: BgpPeer
            metadata: {name: {{peer.Node.Name}}}
            spec:
              address: {{peer.Node.Address}}
              port: {{peer.Node.Port}}
              asn: {{peer.Asn}}
              sourceAddress: {{Address}}
              families: [ipv4-unicast]
              timers: {hold: 9s, connectRetry: 1s}

            """),
    ]));

    public void WritePrefixes(params string[] prefixes) => Write("prefixes.yaml", $$"""
        apiVersion: fairway.dev/v1alpha1
        kind: Advertisement
        metadata: {name: vips}
        spec: {prefixes: [{{string.Join(", ", prefixes)}}]}

        """);

    /// <summary>As editors and config management write: a new file takes the place of the old at once.</summary>
    public void Write(string file, string text)
    {
        var hidden = Path.Combine(Documents, "." + file);
        File.WriteAllText(hidden, text);
        File.Move(hidden, Path.Combine(Documents, file), overwrite: true);
    }

    public async Task StartAsync() => _host = await AgentHost.StartAsync(Options, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

    public async Task StopAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.DisposeAsync();
        }
    }

    public async ValueTask<IReadOnlyList<PeerStatus>> PeersAsync() =>
        (await _channel.UnaryAsync(FairwayMethods.ListPeers, new ListPeersRequest(), ListPeersResponse.Parser)).Peers;

    public async ValueTask<GetStatusResponse> StatusAsync() => await _channel.UnaryAsync(FairwayMethods.GetStatus, new GetStatusRequest(), GetStatusResponse.Parser);

    public async ValueTask<List<Route>> LearnedAsync()
    {
        var routes = new List<Route>();
        await foreach (var batch in _channel.ServerStreaming(FairwayMethods.ListRoutes, new ListRoutesRequest(), ListRoutesResponse.Parser))
        {
            routes.AddRange(batch.Routes.Where(route => route.Peer.Length > 0));
        }

        return routes;
    }

    /// <summary>Waits until exactly these prefixes are learned.</summary>
    public Task HoldsAsync(params string[] prefixes) => Eventually.HoldsAsync(
        async () => (await LearnedAsync()).Where(route => route is { Best: true, Stale: false }).Select(route => route.Prefix).Order(StringComparer.Ordinal).SequenceEqual(prefixes.Order(StringComparer.Ordinal)),
        $"{Name} holds {string.Join(", ", prefixes)}");

    /// <summary>Updates received in the session with the only peer.</summary>
    public async Task<long> UpdatesReceivedAsync()
    {
        using var client = new HttpClient();
        var metrics = await client.GetStringAsync(new Uri($"http://{Options.Http}/metrics"));
        var line = metrics.Split('\n').Single(line => line.StartsWith("fairway_peer_updates_received_total{", StringComparison.Ordinal));
        return long.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _channel.Dispose();
        _scratch.Dispose();
    }
}
