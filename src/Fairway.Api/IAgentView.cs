using Fairway.Reconciliation.Drift;
using Fairway.Routing;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>A document given to `fairway plan`.</summary>
public sealed record PlannedDocument(string Path, string Text);

/// <summary>The agent as its API sees it.</summary>
public interface IAgentView
{
    AgentSnapshot Snapshot { get; }

    ISpeaker Speaker { get; }

    RoutingHandler Routing { get; }

    DriftLog Drift { get; }

    /// <summary>What would change if these documents replaced those of the Files source; nothing is changed.</summary>
    PlanResult Plan(IReadOnlyList<PlannedDocument> documents);
}
