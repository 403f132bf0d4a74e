using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Sources.Files;

/// <summary>What was found in how many documents.</summary>
public sealed record ValidationResult(ImmutableArray<SourceProblem> Problems, int Documents)
{
    public bool HasErrors => Problems.Any(problem => problem.Severity == ProblemSeverity.Error);
}
