using Fairway.Intents.Policy;
using Fairway.Net;
using Fairway.Reconciliation.Compilation;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Tests;

internal static class ReconcilerExtensions
{
    /// <summary>Compiles, and carries out what that changes; the agent does other things in between.</summary>
    public static ValueTask<SpeakerPlan> ReconcileAsync(
        this SpeakerReconciler reconciler, Evaluation evaluation, NodeFacts node, Func<IpPrefix, bool> isLearned, CancellationToken cancellationToken)
    {
        reconciler.Compile(evaluation, node, isLearned);
        return reconciler.ApplyAsync(cancellationToken);
    }
}
