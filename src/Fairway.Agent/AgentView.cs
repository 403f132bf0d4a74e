using Fairway.Agent.Loop;
using Fairway.Agent.State;
using Fairway.Api;
using Fairway.Intents.Policy;
using Fairway.Reconciliation.Drift;
using Fairway.Routing;
using Fairway.Sources.Files;
using Fairway.Speakers;

namespace Fairway.Agent;

/// <summary>What the API reads: the agent's loop publishes, anybody reads.</summary>
internal sealed class AgentView(AgentSnapshot start) : IAgentView
{
    private volatile AgentSnapshot _snapshot = start;
    private volatile PlanBasis _basis = PlanBasis.Empty;

    public required ISpeaker Speaker { get; init; }

    public required RoutingHandler Routing { get; init; }

    public required DriftLog Drift { get; init; }

    public required FilesSource Files { get; init; }

    public required BgpHandler Bgp { get; init; }

    public required StateStore Store { get; init; }

    public required PolicyOptions Policy { get; init; }

    public required TimeProvider Time { get; init; }

    public AgentSnapshot Snapshot => _snapshot;

    public PlanResult Plan(IReadOnlyList<PlannedDocument> documents) => Planner.Plan(
        Files.Snapshot.Compile(documents.Select(document => new SourceText(document.Path, document.Text))), _basis, Policy, Routing.IsLearned, Time);

    /// <summary>Called by the agent's loop, which owns what is read here.</summary>
    public void Publish()
    {
        var before = _snapshot;
        var evaluation = Bgp.Evaluation;
        var files = Files.Snapshot;
        var isSame = ReferenceEquals(evaluation, _basis.Evaluation);
        _basis = new PlanBasis(evaluation, Bgp.Reconciler.Compiled, Bgp.Reconciler.Applied, Bgp.Node);
        _snapshot = before with
        {
            Sources = [new SourceState(FilesSnapshot.Name, files.State, files.ReadAt)],
            Wishes = isSame ? before.Wishes : [.. evaluation.Advertisements.OrderBy(wish => wish.Prefix).ThenBy(wish => wish.Origin.Name, StringComparer.Ordinal)],
            PrefixesDesired = isSame ? before.PrefixesDesired : evaluation.Advertisements.Select(wish => wish.Prefix).ToHashSet().Count,
            Verdicts = evaluation.Displaced,
            Compiled = Bgp.Reconciler.Compiled,
            Problems = [.. files.Problems, .. Bgp.Problems],
            Failures = [.. Bgp.Reconciler.Failures.Values],
            Warnings = [.. files.Outdated.Select(Describe), .. Store.SetAside, .. new[] { Store.Problem, Bgp.Refusal }.OfType<string>()],
        };
    }

    private static string Describe(OutdatedObject outdated) =>
        $"{outdated.Object}: the last good version is in force since {outdated.Since:yyyy-MM-dd HH:mm:ss}Z; what stands in the files now is refused: {outdated.Error.Message}";
}
