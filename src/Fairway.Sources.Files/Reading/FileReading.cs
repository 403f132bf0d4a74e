using System.Collections.Immutable;
using Fairway.Dialects;
using Fairway.Intents.Model;

namespace Fairway.Sources.Files.Reading;

/// <summary>What a file holds now: its documents, or why nothing of it can be trusted.</summary>
internal sealed record FileReading(string Path, FileId? Id, ImmutableArray<CompiledDocument> Documents, SourceProblem? Broken)
{
    /// <summary>The last line is complete, so that its writer has probably finished.</summary>
    public bool EndsWithNewline { get; init; }

    public static FileReading Of(CompiledFile file, FileId? id, bool endsWithNewline) => new(file.Path, id, file.Documents, file.Broken) { EndsWithNewline = endsWithNewline };

    public static FileReading Unreadable(string path, FileId? id, string reason, string message, int? line = null) =>
        new(path, id, [], new SourceProblem(ProblemSeverity.Error, reason, message) { File = path, Line = line });
}

/// <summary>What a directory holds now; <see cref="Problem"/> says why it is not there or cannot be read.</summary>
internal sealed record DirectoryReading(FilesCondition Condition, SourceProblem? Problem, ImmutableArray<FileReading> Files);
