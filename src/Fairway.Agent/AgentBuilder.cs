using Fairway.Agent.Loop;
using Fairway.Agent.State;
using Fairway.Api;
using Fairway.Dataplanes;
using Fairway.Dataplanes.Linux;
using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Reconciliation;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Drift;
using Fairway.Routing;
using Fairway.Routing.NextHops;
using Fairway.Sources.Files;
using Fairway.Speakers.Native;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent;

/// <summary>Makes the parts of an agent and wires them, in the order of a start: remember, lock and read the kernel, make the speaker.</summary>
internal sealed class AgentBuilder(AgentOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("Fairway.Agent");
    private readonly StateStore _store = new(options.State);

    /// <exception cref="AgentException">Something of the host is in the way; the text says what, and what to do.</exception>
    public async Task<AgentParts> BuildAsync(CancellationToken cancellationToken)
    {
        var kept = _store.Load(StateKeeper.NodeFile, StateJson.Default.NodeState) ?? new NodeState();
        var files = _store.Load(StateKeeper.FilesFile, StateJson.Default.FilesState);
        foreach (var warning in _store.SetAside)
        {
            Log.StateWarning(_logger, warning);
        }

        var parts = Wire(kept, await OpenDataplaneAsync(kept, cancellationToken));
        try
        {
            await parts.RoutingLoop.StartAsync(cancellationToken);
        }
        catch (DataplaneException error)
        {
            await parts.DisposeAsync();
            throw new AgentException(error.Message, error);
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }

        if (files is not null)
        {
            parts.Files.Restore(files);
        }

        return parts;
    }

    private async Task<IDataplane> OpenDataplaneAsync(NodeState kept, CancellationToken cancellationToken)
    {
        if (options.Dataplane.Kind is DataplaneKind.None)
        {
            return new NoDataplane();
        }

        try
        {
            RoutePlace? previous = kept.Kernel is { } place ? new RoutePlace(place.Table, place.Metric, place.Protocol) : null;
            return await LinuxDataplane.OpenAsync(options.Dataplane.ToLinux(previous), time, loggers, cancellationToken);
        }
        catch (DataplaneException error)
        {
            throw new AgentException(error.Message, error);
        }
    }

    private AgentParts Wire(NodeState kept, IDataplane dataplane)
    {
        var nextHops = new NextHopTable(dataplane, options.Dataplane.Metric);
        var restart = RestartDecision.Decide(kept, ForwardingSurvived(kept, dataplane), time.GetUtcNow());
        if (restart.Restarting)
        {
            Log.RestartingGracefully(_logger, restart.Peers.Count, !restart.ForwardingPreserved.IsEmpty);
        }

        var drift = new DriftLog(time);
        var speaker = new NativeSpeaker(new NativeSpeakerOptions { Restart = restart }, nextHops, time, CreateRandom(), loggers);
        var routing = new RoutingHandler(speaker, dataplane, nextHops, drift, RoutingOptions(), time);
        var routingLoop = new RoutingLoop(routing, speaker, dataplane, time);
        var files = new FilesSource(new FilesSourceOptions { Path = options.FilesPath!, Settle = options.FilesSettle }, time, loggers);

        var policy = new PolicyOptions { Precedence = options.Precedence };
        var reconciler = new SpeakerReconciler(speaker, new SpeakerCompiler(new IntentRanking(policy)), drift, Reconciling(options.SpeakerDrift), time);
        var routerId = new NodeRouterId(options.Node, RouterIdOf(kept));
        var bgp = new BgpHandler(reconciler, routing, routingLoop, routerId, policy, time);
        var peers = new PeerHandler(speaker, _logger);

        var relearnUntil = restart.Restarting ? kept.WrittenAt + TimeSpan.FromSeconds(kept.RestartTimeSeconds) : DateTimeOffset.MinValue;
        bool IsRelearning() => !routing.Snapshot.Restarting.IsEmpty && time.GetUtcNow() < relearnUntil;
        var keeper = new StateKeeper(_store, kept, () => StateOf(routerId, reconciler.Compiled), IsRelearning, time);
        var signals = new AgentSignals();
        routing.WatchedChanged += () => signals.Raise(AgentSignal.Learned);
        var loop = new AgentLoop(signals, files, bgp, peers, keeper, time);
        var start = new AgentSnapshot { Node = options.Node, Speaker = speaker.Kind, Dataplane = dataplane.Kind, RestartedGracefully = restart.Restarting };
        var view = new AgentView(start)
        {
            Speaker = speaker,
            Routing = routing,
            Drift = drift,
            Files = files,
            Bgp = bgp,
            Store = _store,
            Policy = policy,
            Time = time,
        };
        var refusals = new RefusalLog(_logger);
        loop.PassEnded += () => refusals.Tell(reconciler.Failures.Values);
        loop.PassEnded += view.Publish;
        return new AgentParts
        {
            Speaker = speaker,
            Dataplane = dataplane,
            Routing = routing,
            RoutingLoop = routingLoop,
            Files = files,
            Loop = loop,
            Signals = signals,
            Peers = peers,
            Keeper = keeper,
            View = view,
            Time = time,
        };
    }

#pragma warning disable RS0030 // the one place where randomness enters the process
    private static Random CreateRandom() => new();
#pragma warning restore RS0030

    private static RouterId? RouterIdOf(NodeState kept) => IpAddr.TryParse(kept.RouterId, out var id) && id.IsIPv4 ? new RouterId((uint)id.Bits) : null;

    private static bool ForwardingSurvived(NodeState kept, IDataplane dataplane) => dataplane is NoDataplane
        || (kept is { BootId: not null, NetworkNamespace: not null } && kept.BootId == HostIdentity.BootId() && kept.NetworkNamespace == HostIdentity.NetworkNamespace());

    private NodeState StateOf(NodeRouterId routerId, CompiledSpeaker compiled)
    {
        var graceful = compiled.Desired.Instance?.GracefulRestart ?? new GracefulRestartOptions();
        return new NodeState
        {
            RouterId = routerId.Chosen?.ToString(),
            BootId = HostIdentity.BootId(),
            NetworkNamespace = HostIdentity.NetworkNamespace(),
            RestartTimeSeconds = graceful.Mode is GracefulRestartMode.Full ? (int)graceful.RestartTime.TotalSeconds : 0,
            Kernel = options.Dataplane is { Kind: DataplaneKind.Linux } place ? new KernelPlace(place.Table, place.Metric, place.Protocol) : null,
        };
    }

    private RoutingOptions RoutingOptions() => new()
    {
        Metric = options.Dataplane.Metric,
        AllowProtected = options.Dataplane.AllowProtected,
        Exclude = options.Dataplane.Exclude,
        Reconciler = Reconciling(options.DataplaneDrift),
    };

    private ReconcilerOptions Reconciling(DriftPolicy policy) => new() { Drift = policy, AuditInterval = options.AuditInterval };
}
