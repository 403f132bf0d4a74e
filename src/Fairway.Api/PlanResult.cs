using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Reconciliation.Plans;
using Fairway.Speakers;

namespace Fairway.Api;

/// <summary>The rows of a plan, its worst impact, and the documents that would be refused.</summary>
public sealed record PlanResult(ChangeImpact Impact, ImmutableArray<PlanRow> Rows, ImmutableArray<SourceProblem> Problems);
