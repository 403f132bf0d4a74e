using System.Collections.Immutable;
using Fairway.Intents.Model;
using Fairway.Net.Options;
using Fairway.Sources.Files.Folding;

namespace Fairway.Sources.Files;

/// <summary>What the files wish for at one moment, with everything worth telling about them.</summary>
public sealed record FilesSnapshot
{
    /// <summary>The name of this source in status.</summary>
    public const string Name = "files";

    internal static readonly FilesSnapshot Starting = new();

    /// <summary>Grows with every change, and only then.</summary>
    public long Version { get; internal init; }

    public FilesCondition Condition { get; internal init; } = FilesCondition.Starting;

    /// <summary>The word for status: "ready", "missing", "empty-pending".</summary>
    public string State => Condition switch
    {
        FilesCondition.EmptyPending => "empty-pending",
        _ => Condition.ToString().ToLowerInvariant(),
    };

    /// <summary>
    /// False until the directory was read once or an earlier run's state stood in: until then an absent wish means nothing.
    /// </summary>
    public bool IsComplete { get; internal init; }

    /// <summary>When the directory was last read completely; null before that. The age of the wishes counts from here.</summary>
    public DateTimeOffset? ReadAt { get; internal init; }

    /// <summary>All wishes in force, passwords read.</summary>
    public ImmutableArray<Intent> Intents { get; internal init; } = [];

    public ImmutableArray<SourceProblem> Problems { get; internal init; } = [];

    /// <summary>Objects whose last good version is in force instead of what the files hold.</summary>
    public ImmutableArray<OutdatedObject> Outdated { get; internal init; } = [];

    /// <summary>How many documents the files hold, good and bad.</summary>
    public int Documents { get; internal init; }

    internal FilesInForce InForce { get; init; } = FilesInForce.Nothing;

    internal ImmutableDictionary<string, SecretValue> Secrets { get; init; } = ImmutableDictionary<string, SecretValue>.Empty;

    /// <summary>What a restart needs to know.</summary>
    public FilesState ToState() => new(
        [.. InForce.Objects.Values.OrderBy(kept => kept.Id).Select(kept => new SavedDocument(kept.Document.File, kept.Document.FirstLine, kept.Document.Text, kept.AcceptedAt))],
        [.. Secrets.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new SavedSecret(pair.Key, pair.Value.Reveal()))]);

    /// <summary>
    /// Compiles documents as if they were the directory, for plans. Password files are not read: those that are in force already keep their
    /// value.
    /// </summary>
    public CompiledSet Compile(IEnumerable<SourceText> documents) => DocumentSet.Compile(documents, path => Secrets.GetValueOrDefault(path));

    internal bool SaysTheSameAs(FilesSnapshot other) =>
        (Condition, IsComplete, Documents) == (other.Condition, other.IsComplete, other.Documents)
        && Intents.SequenceEqual(other.Intents) && Problems.SequenceEqual(other.Problems) && Outdated.SequenceEqual(other.Outdated);
}
