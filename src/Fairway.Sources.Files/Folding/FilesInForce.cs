using System.Collections.Immutable;
using Fairway.Dialects;
using Fairway.Intents.Model;
using Fairway.Sources.Files.Reading;

namespace Fairway.Sources.Files.Folding;

/// <summary>An object in its last good version.</summary>
internal sealed record ObjectInForce(CompiledDocument Document, DateTimeOffset AcceptedAt, ImmutableArray<Intent> Intents)
{
    /// <summary>Set while the files hold something else for it that cannot be used.</summary>
    public OutdatedObject? Outdated { get; init; }

    public ObjectId Id => Document.Id!.Value;

    public static ObjectInForce Of(CompiledDocument document, DateTimeOffset acceptedAt) =>
        new(document, acceptedAt, [.. document.Intents.Select(intent => intent with { AcceptedAt = acceptedAt })]);
}

/// <summary>What must be known of a file to judge its next version. <see cref="CutOffSince"/>: it looks as if its writer had not finished.</summary>
internal readonly record struct KnownFile(FileId? Id, bool EndsWithNewline, DateTimeOffset? CutOffSince);

/// <summary>Everything that the files wish for now, with what is needed to judge the next look at them.</summary>
internal sealed record FilesInForce
{
    public static readonly FilesInForce Nothing = new();

    public ImmutableDictionary<ObjectId, ObjectInForce> Objects { get; init; } = ImmutableDictionary<ObjectId, ObjectInForce>.Empty;

    public ImmutableDictionary<string, KnownFile> Files { get; init; } = ImmutableDictionary<string, KnownFile>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Since when the directory has been there without a document.</summary>
    public DateTimeOffset? EmptySince { get; init; }
}

/// <summary>What one look at the directory led to, and when to look again even if nothing happens.</summary>
internal sealed record FoldResult(FilesInForce InForce, FilesCondition Condition, ImmutableArray<SourceProblem> Problems, int Documents, DateTimeOffset? LookAgainAt);
