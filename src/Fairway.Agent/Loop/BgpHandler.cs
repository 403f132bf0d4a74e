using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Intents.Store;
using Fairway.Reconciliation;
using Fairway.Reconciliation.Compilation;
using Fairway.Routing;

namespace Fairway.Agent.Loop;

/// <summary>From wishes to the speaker: the store keeps them, policy judges, the reconciler carries out, routing learns what concerns it.</summary>
internal sealed class BgpHandler(SpeakerReconciler reconciler, RoutingHandler routing, RoutingLoop routingLoop, NodeRouterId routerId, PolicyOptions policy, TimeProvider time)
{
    private readonly IntentStore _store = new(time);

    public Evaluation Evaluation { get; private set; } = Evaluation.Empty;

    public SpeakerReconciler Reconciler => reconciler;

    /// <summary>The node as the newest wishes saw it.</summary>
    public NodeFacts Node { get; private set; } = routerId.Decide(Evaluation.Empty);

    /// <summary>Why the store did not take the newest wishes, or null.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Names in the wishes that no object bears.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; private set; } = [];

    /// <summary>Makes these the wishes of an owner; nothing is carried out yet.</summary>
    public void Replace(Owner owner, ImmutableArray<Intent> intents)
    {
        Refusal = _store.Replace(owner, intents).Refusal;
        Evaluation = PolicyEngine.Evaluate(_store.Snapshot, policy);
        Problems = References.Check(intents);
    }

    /// <summary>Has carried out what differs from what was applied; costs nothing where nothing does.</summary>
    public async ValueTask ReconcileAsync(CancellationToken cancellationToken)
    {
        Node = routerId.Decide(Evaluation);
        var compiled = reconciler.Compile(Evaluation, Node, routing.IsLearned);

        // Before the peers: what they teach must not cover the way to them.
        routingLoop.SetWishes(new RoutingWishes
        {
            Blackholes = compiled.Blackholes,
            SessionAddresses = [.. compiled.Peers.Keys.Select(peer => peer.Address)],
            Watched = compiled.Watched,
        });
        await reconciler.ApplyAsync(cancellationToken);
    }
}
