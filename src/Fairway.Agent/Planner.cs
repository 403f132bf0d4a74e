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

/// <summary>`fairway plan`: the same code as the agent's own way from documents to a plan, on copies.</summary>
internal static class Planner
{
    public static PlanResult Plan(
        CompiledSet documents, Evaluation current, CompiledSpeaker before, SpeakerState applied, NodeFacts node, PolicyOptions policy, Func<IpPrefix, bool> isLearned, TimeProvider time)
    {
        var store = new IntentStore(time);
        foreach (var others in current.Snapshot.All.Where(intent => intent.Key.Owner != Owner.FilesFairway).GroupBy(intent => intent.Key.Owner))
        {
            store.Replace(others.Key, [.. others]);
        }

        store.Replace(Owner.FilesFairway, documents.Intents);
        var evaluation = PolicyEngine.Evaluate(store.Snapshot, policy);
        var after = new SpeakerCompiler(new IntentRanking(policy)).Compile(evaluation, node, isLearned);
        var plan = SpeakerPlanner.Between(applied, after.Desired);
        return new PlanResult(PlanView.ImpactOf(plan), PlanView.Rows(plan, before, after), [.. documents.Problems, .. References.Check(documents.Intents)]);
    }
}
