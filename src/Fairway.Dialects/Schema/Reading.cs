using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>One pass over one document: where it stands, and what was found wrong with it.</summary>
internal sealed class Reading(string file, int firstLine, string? objectName)
{
    private readonly List<SourceProblem> _problems = [];

    public IReadOnlyList<SourceProblem> Problems => _problems;

    public string File { get; } = file;

    public string? ObjectName { get; } = objectName;

    /// <summary>True once something is wrong with the form of the document; a feature that is not built yet is no fault of form.</summary>
    public bool IsMalformed => _problems.Any(problem => problem is { Severity: ProblemSeverity.Error, Reason: not ProblemReason.NotBuiltYet });

    public bool HasErrors => _problems.Any(problem => problem.Severity == ProblemSeverity.Error);

    public int LineOf(YamlValue at) => firstLine + at.Line - 1;

    public void Error(YamlValue at, string path, string reason, string message, string? suggestion = null) =>
        _problems.Add(Problem(ProblemSeverity.Error, at, path, reason, message, suggestion));

    public void Warning(YamlValue at, string path, string reason, string message, string? suggestion = null) =>
        _problems.Add(Problem(ProblemSeverity.Warning, at, path, reason, message, suggestion));

    private SourceProblem Problem(ProblemSeverity severity, YamlValue at, string path, string reason, string message, string? suggestion) =>
        new(severity, reason, message)
        {
            File = File,
            Line = LineOf(at),
            Column = at.Column,
            Object = ObjectName,
            Field = path.Length == 0 ? null : path,
            Suggestion = suggestion,
        };
}
