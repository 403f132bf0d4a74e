using Fairway.Agent.Loop;
using Fairway.Agent.State;
using Fairway.Api;
using Fairway.Dataplanes;
using Fairway.Dataplanes.Linux;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Reconciliation;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Drift;
using Fairway.Routing;
using Fairway.Routing.NextHops;
using Fairway.Sources.Files;
using Fairway.Speakers;
using Fairway.Speakers.Native;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent;

/// <summary>Everything the agent is made of, wired together; also the view that its API reads.</summary>
internal sealed class AgentParts : IAgentView, IDisposable
{
    private readonly AgentOptions _options;
    private readonly StateStore _store;
    private readonly StateKeeper _keeper;
    private readonly PolicyOptions _policy = new();
    private readonly AgentSignals _signals = new();
    private readonly NodeRouterId _routerId;
    private readonly BgpHandler _bgp;
    private readonly PeerHandler _peers;
    private readonly TimeProvider _time;
    private volatile AgentSnapshot _snapshot;

    private AgentParts(AgentOptions options, StateStore store, NodeState kept, IDataplane dataplane, TimeProvider time, ILoggerFactory loggers)
    {
        (_options, _store, _time, Dataplane) = (options, store, time, dataplane);
        _snapshot = new AgentSnapshot { Node = options.Node, Speaker = "native", Dataplane = dataplane.Kind };
        _routerId = new NodeRouterId(options.Node, IpAddr.TryParse(kept.RouterId, out var id) && id.IsIPv4 ? new RouterId((uint)id.Bits) : null);
        Drift = new DriftLog(time);
        var nextHops = new NextHopTable(dataplane, options.Dataplane.Metric);
        var restart = RestartDecision.Decide(kept, SurvivedForwarding(kept, dataplane), time.GetUtcNow());
        Speaker = new NativeSpeaker(new NativeSpeakerOptions { Restart = restart }, nextHops, time, CreateRandom(), loggers);
        var reconciler = new SpeakerReconciler(Speaker, new SpeakerCompiler(new IntentRanking(_policy)), Drift, Reconciling(options.SpeakerDrift), time);
        Routing = new RoutingHandler(Speaker, dataplane, nextHops, Drift, RoutingOf(options), time);
        Routing.WatchedChanged += () => _signals.Raise(AgentSignal.Learned);
        RoutingLoop = new RoutingLoop(Routing, Speaker, dataplane, time);
        Files = new FilesSource(new FilesSourceOptions { Path = options.FilesPath!, Settle = options.FilesSettle }, time, loggers);
        _bgp = new BgpHandler(reconciler, Routing, RoutingLoop, _routerId, _policy, time);
        var logger = loggers.CreateLogger("Fairway.Agent");
        _peers = new PeerHandler(Speaker, logger);
        _keeper = new StateKeeper(store, kept, _routerId, KernelPlaceOf(options), () => RestartTimeOf(reconciler.Compiled), time);
        AgentLoop = new AgentLoop(_signals, Files, _bgp, _peers, _keeper, Publish, time);
        if (restart.Restarting)
        {
            Log.RestartingGracefully(logger, restart.Peers.Count, !restart.ForwardingPreserved.IsEmpty);
        }

        foreach (var warning in store.SetAside)
        {
            Log.StateWarning(logger, warning);
        }
    }

    public AgentSnapshot Snapshot => _snapshot;

    public ISpeaker Speaker { get; }

    public IDataplane Dataplane { get; }

    public RoutingHandler Routing { get; }

    public DriftLog Drift { get; }

    public FilesSource Files { get; }

    public RoutingLoop RoutingLoop { get; }

    public AgentLoop AgentLoop { get; }

    public static async Task<AgentParts> BuildAsync(AgentOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var store = new StateStore(options.State);
        var kept = store.Load(StateKeeper.NodeFile, StateJson.Default.NodeState) ?? new NodeState();
        var dataplane = await OpenDataplaneAsync(options, kept, time, loggers, cancellationToken);
        var parts = new AgentParts(options, store, kept, dataplane, time, loggers);
        if (store.Load(StateKeeper.FilesFile, StateJson.Default.FilesState) is { } files)
        {
            parts.Files.Restore(files);
        }

        try
        {
            await parts.RoutingLoop.StartAsync(cancellationToken);
        }
        catch (DataplaneException error)
        {
            await dataplane.DisposeAsync();
            throw new AgentException(error.Message, error);
        }

        return parts;
    }

    public PlanResult Plan(IReadOnlyList<PlannedDocument> documents) => Planner.Plan(
        Files.Snapshot.Compile(documents.Select(document => new SourceText(document.Path, document.Text))),
        _bgp.Evaluation, _snapshot.Compiled, _bgp.Reconciler.Applied, _routerId.Decide(_bgp.Evaluation), _policy, Routing.IsLearned, _time);

    public async Task WatchFilesAsync(CancellationToken cancellationToken)
    {
        var seen = Files.Snapshot;
        while (true)
        {
            _signals.Raise(AgentSignal.Documents);
            seen = await Files.WaitForChangeAsync(seen.Version, cancellationToken);
        }
    }

    public async Task WatchSpeakerAsync(CancellationToken cancellationToken)
    {
        while (await Speaker.Events.WaitToReadAsync(cancellationToken))
        {
            _signals.Raise(AgentSignal.Peers);
            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellationToken); // the loop reads what came; a flapping peer does not keep it busy
        }
    }

    /// <summary>Ends the speaker and lets go of the kernel; its routes stay, unless the policy is to withdraw.</summary>
    public async Task StopAsync(StopPolicy policy, TimeSpan timeout)
    {
        _keeper.SaveNode(policy is StopPolicy.Keep ? _peers.Up : []);
        using var patience = new CancellationTokenSource(timeout, _time);
        try
        {
            await Speaker.StopAsync(policy, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // The timeout is over: what was not said by now stays unsaid.
        }

        await Speaker.DisposeAsync();
        await Dataplane.DisposeAsync();
    }

    public void Dispose()
    {
        Files.Dispose();
        _signals.Dispose();
    }

    private static async Task<IDataplane> OpenDataplaneAsync(AgentOptions options, NodeState kept, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (options.Dataplane.Kind is DataplaneKind.None)
        {
            return new NoDataplane();
        }

        try
        {
            var linux = new LinuxDataplaneOptions
            {
                Table = options.Dataplane.Table,
                Metric = options.Dataplane.Metric,
                Protocol = options.Dataplane.Protocol,
                Previous = kept.Kernel is { } place ? new RoutePlace(place.Table, place.Metric, place.Protocol) : null,
            };
            return await LinuxDataplane.OpenAsync(linux, time, loggers, cancellationToken);
        }
        catch (DataplaneException error)
        {
            throw new AgentException(error.Message, error);
        }
    }

#pragma warning disable RS0030 // the one place where randomness enters the process
    private static Random CreateRandom() => new();
#pragma warning restore RS0030

    private static TimeSpan RestartTimeOf(CompiledSpeaker compiled) => (compiled.Desired.Instance?.GracefulRestart ?? new()).RestartTime;

    private static bool SurvivedForwarding(NodeState kept, IDataplane dataplane) =>
        dataplane is NoDataplane || (kept.BootId == HostIdentity.BootId() && kept.NetworkNamespace == HostIdentity.NetworkNamespace());

    private static KernelPlace? KernelPlaceOf(AgentOptions options) => options.Dataplane is { Kind: DataplaneKind.Linux } dataplane
        ? new KernelPlace(dataplane.Table, dataplane.Metric, dataplane.Protocol)
        : null;

    private static RoutingOptions RoutingOf(AgentOptions options) => new()
    {
        Metric = options.Dataplane.Metric,
        AllowProtected = options.Dataplane.AllowProtected,
        Exclude = options.Dataplane.Exclude,
        Reconciler = Reconciling(options.DataplaneDrift) with { AuditInterval = options.AuditInterval },
    };

    private static ReconcilerOptions Reconciling(DriftPolicy policy) => new() { Drift = policy };

    private static string Describe(OutdatedObject outdated) =>
        $"{outdated.Object}: the last good version is in force since {outdated.Since:yyyy-MM-dd HH:mm:ss}Z; what stands in the files now is refused: {outdated.Error.Message}";

    private void Publish()
    {
        var evaluation = _bgp.Evaluation;
        var files = Files.Snapshot;
        var compiled = _bgp.Reconciler.Compiled;
        _snapshot = _snapshot with
        {
            Sources = [new SourceState(FilesSnapshot.Name, files.State, files.ReadAt)],
            Intents = [.. evaluation.Snapshot.All],
            Verdicts = evaluation.Displaced,
            Compiled = compiled,
            Problems = [.. files.Problems, .. _bgp.Problems],
            Failures = [.. _bgp.Reconciler.Failures.Values],
            Warnings = [.. files.Outdated.Select(Describe), .. _store.SetAside, .. new[] { _store.Problem, _bgp.Refusal }.OfType<string>()],
        };
    }
}
