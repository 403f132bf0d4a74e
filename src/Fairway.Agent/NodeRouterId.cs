using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Reconciliation.Compilation;

namespace Fairway.Agent;

/// <summary>The router id of the node where the instance names none: chosen once, kept in the state, never changed while running (design D18).</summary>
internal sealed class NodeRouterId(string node, RouterId? kept)
{
    /// <summary>The id in use, once one was needed.</summary>
    public RouterId? Chosen { get; private set; } = kept;

    public NodeFacts Decide(Evaluation evaluation)
    {
        if (evaluation.Instance is { RouterId: null })
        {
            Chosen ??= RouterIdChoice.Choose(node, evaluation.Peers.Select(peer => peer.Options.Key.Address));
        }

        return new NodeFacts(node, Chosen ?? RouterIdChoice.FromName(node));
    }
}
