using Fairway.Api;
using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Intents.Store;
using Fairway.Net;
using Fairway.Reconciliation.Compilation;
using Fairway.Reconciliation.Plans;
using Fairway.Sources.Files;
using Fairway.Speakers;

namespace Fairway.Agent;

/// <summary>What the agent's loop last had, all of one moment.</summary>
internal sealed record PlanBasis(Evaluation Evaluation, CompiledSpeaker Compiled, SpeakerState Applied, NodeFacts Node)
{
    public static readonly PlanBasis Empty = new(Evaluation.Empty, CompiledSpeaker.Empty, SpeakerState.Empty, new NodeFacts("", default));
}

/// <summary>`fairway plan`: the same code as the agent's own way from documents to a plan, on copies.</summary>
internal static class Planner
{
    public static PlanResult Plan(CompiledSet documents, PlanBasis basis, PolicyOptions policy, Func<IpPrefix, bool> isLearned, TimeProvider time)
    {
        var store = new IntentStore(time);
        foreach (var others in basis.Evaluation.Snapshot.All.Where(intent => intent.Key.Owner != Owner.FilesFairway).GroupBy(intent => intent.Key.Owner))
        {
            store.Replace(others.Key, [.. others]);
        }

        store.Replace(Owner.FilesFairway, documents.Intents);
        var evaluation = PolicyEngine.Evaluate(store.Snapshot, policy);
        var after = new SpeakerCompiler(new IntentRanking(policy)).Compile(evaluation, basis.Node, isLearned);
        var plan = SpeakerPlanner.Between(basis.Applied, after.Desired);
        return new PlanResult(PlanView.ImpactOf(plan), PlanView.Rows(plan, basis.Compiled, after), [.. documents.Problems, .. References.Check(documents.Intents)]);
    }
}
