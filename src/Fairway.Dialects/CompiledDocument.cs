using System.Collections.Immutable;
using Fairway.Intents.Model;

namespace Fairway.Dialects;

/// <summary>One document after compiling: which object it is, what it wishes, what is wrong with it.</summary>
public sealed record CompiledDocument
{
    public required string File { get; init; }

    /// <summary>The line of the file at which <see cref="Text"/> starts.</summary>
    public required int FirstLine { get; init; }

    /// <summary>The document's own bytes, from which all of this can be made again.</summary>
    public required string Text { get; init; }

    /// <summary>The line at which the object starts.</summary>
    public required int Line { get; init; }

    /// <summary>The kind, when it is one of ours.</summary>
    public string? Kind { get; init; }

    /// <summary>The name, when it can be one.</summary>
    public string? Name { get; init; }

    /// <summary>True where a mistyped kind or name may hide one of our objects.</summary>
    public bool IsMaybeOurs { get; init; }

    public ImmutableArray<Intent> Intents { get; init; } = [];

    public ImmutableArray<SourceProblem> Problems { get; init; } = [];

    /// <summary>Null while the document does not say which of our objects it is.</summary>
    public ObjectId? Id => Kind is not null && Name is not null ? new ObjectId(Kind, Name) : null;

    public bool IsValid => Id is not null && Problems.All(problem => problem.Severity != ProblemSeverity.Error);

    /// <summary>True when this may be a mistyped version of that object.</summary>
    public bool MayBe(ObjectId id) => Id is null && IsMaybeOurs && (Kind ?? id.Kind) == id.Kind && (Name ?? id.Name) == id.Name;
}
