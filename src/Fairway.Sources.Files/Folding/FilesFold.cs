using System.Collections.Immutable;
using Fairway.Dialects;
using Fairway.Intents.Model;
using Fairway.Sources.Files.Reading;

namespace Fairway.Sources.Files.Folding;

/// <summary>
/// Judges what a directory holds against what was in force before (design section 7): whatever cannot be read or used keeps its last good
/// version, and only what is plainly gone is gone. A pure function of its arguments.
/// </summary>
internal sealed class FilesFold
{
    private readonly FilesInForce _before;
    private readonly DateTimeOffset _now;
    private readonly TimeSpan _grace;
    private readonly HashSet<string> _filesInForce;
    private readonly Dictionary<string, FileReading> _broken = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectId, CompiledDocument> _claims = [];
    private readonly ImmutableDictionary<ObjectId, ObjectInForce>.Builder _objects = ImmutableDictionary.CreateBuilder<ObjectId, ObjectInForce>();
    private readonly ImmutableDictionary<string, KnownFile>.Builder _files = ImmutableDictionary.CreateBuilder<string, KnownFile>(StringComparer.Ordinal);
    private readonly ImmutableArray<SourceProblem>.Builder _problems = ImmutableArray.CreateBuilder<SourceProblem>();
    private DateTimeOffset? _lookAgainAt;

    private FilesFold(FilesInForce before, DateTimeOffset now, TimeSpan grace)
    {
        (_before, _now, _grace) = (before, now, grace);
        _filesInForce = before.Objects.Values.Select(kept => kept.Document.File).ToHashSet(StringComparer.Ordinal);
    }

    public static FoldResult Fold(FilesInForce before, DirectoryReading reading, DateTimeOffset now, TimeSpan grace) => reading switch
    {
        { Problem: { } problem } => new(before with { EmptySince = null }, reading.Condition, [problem], 0, null),
        { Files.IsEmpty: true } => FoldEmpty(before, now, grace),
        _ => new FilesFold(before, now, grace).FoldFiles(reading.Files),
    };

    private static FoldResult FoldEmpty(FilesInForce before, DateTimeOffset now, TimeSpan grace)
    {
        var since = before.EmptySince ?? now;
        if (before.Objects.IsEmpty || now - since >= grace)
        {
            return new(FilesInForce.Nothing, FilesCondition.Ready, [], 0, null);
        }

        var problem = new SourceProblem(ProblemSeverity.Warning, ProblemReason.Emptied, "the directory was emptied; if it stays so, nothing is wanted any more");
        return new(before with { EmptySince = since }, FilesCondition.EmptyPending, [problem], 0, since + grace);
    }

    private FoldResult FoldFiles(ImmutableArray<FileReading> files)
    {
        foreach (var file in files)
        {
            Judge(file);
        }

        KeepObjectsOfBrokenFiles();
        var documents = files.Where(file => !_broken.ContainsKey(file.Path)).SelectMany(file => file.Documents).ToList();
        documents.ForEach(Claim);
        KeepMistypedObjects(documents);
        KeepKnownFiles();
        var after = new FilesInForce { Objects = _objects.ToImmutable(), Files = _files.ToImmutable() };
        return new(after, FilesCondition.Ready, _problems.ToImmutable(), documents.Count, _lookAgainAt);
    }

    /// <summary>Sorts out the files of which nothing can be trusted.</summary>
    private void Judge(FileReading file)
    {
        var known = _before.Files.GetValueOrDefault(file.Path);
        var cutOffSince = file.Broken is null && LooksCutOff(file, known) ? known.CutOffSince ?? _now : (DateTimeOffset?)null;
        if (cutOffSince + _grace > _now)
        {
            _lookAgainAt = _lookAgainAt is { } earlier && earlier < cutOffSince + _grace ? earlier : cutOffSince + _grace;
            file = file with { Broken = CutOff(file) };
        }

        if (file.Broken is { } problem)
        {
            _broken[file.Path] = file;
            _problems.Add(problem);
            _files[file.Path] = known with { Id = file.Id ?? known.Id, CutOffSince = cutOffSince };
            return;
        }

        _files[file.Path] = new(file.Id, file.EndsWithNewline, null);
    }

    /// <summary>A file that lost all documents, or the end of its last line, is probably being written: it is not taken at its word at once.</summary>
    private bool LooksCutOff(FileReading file, KnownFile known) =>
        (file.Documents.IsEmpty || (known.EndsWithNewline && !file.EndsWithNewline)) && _filesInForce.Contains(file.Path);

    private static SourceProblem CutOff(FileReading file) =>
        new(ProblemSeverity.Warning, ProblemReason.CutOff, "the file looks as if its writer had not finished; its documents stay until it is complete or stays so") { File = file.Path };

    /// <summary>Objects whose file is broken now, or was renamed into a broken one, stay where they are.</summary>
    private void KeepObjectsOfBrokenFiles()
    {
        var brokenIds = _broken.Values.Where(file => file.Id is not null).DistinctBy(file => file.Id).ToDictionary(file => file.Id!.Value);
        foreach (var kept in _before.Objects.Values)
        {
            var path = kept.Document.File;
            var broken = _broken.GetValueOrDefault(path);
            if (broken is null && !_files.ContainsKey(path) && _before.Files.GetValueOrDefault(path).Id is { } id)
            {
                broken = brokenIds.GetValueOrDefault(id);
            }

            if (broken is not null)
            {
                Keep(kept, broken.Broken!);
                _claims.Add(kept.Id, kept.Document);
            }
        }
    }

    private void Claim(CompiledDocument document)
    {
        _problems.AddRange(document.Problems);
        if (document.Id is not { } id)
        {
            return;
        }

        if (!_claims.TryAdd(id, document))
        {
            _problems.Add(Duplicate(document, id, _claims[id]));
        }
        else if (document.IsValid)
        {
            var known = _before.Objects.GetValueOrDefault(id);
            _objects[id] = ReferenceEquals(known?.Document, document) ? known with { Outdated = null } : ObjectInForce.Of(document, known?.AcceptedAt ?? _now);
        }
        else if (_before.Objects.TryGetValue(id, out var good))
        {
            Keep(good, document.Problems.First(problem => problem.Severity == ProblemSeverity.Error));
        }
    }

    /// <summary>An object whose kind or name was mistyped is missing and yet not deleted.</summary>
    private void KeepMistypedObjects(List<CompiledDocument> documents)
    {
        var nameless = documents.Where(document => document is { Id: null, IsMaybeOurs: true }).ToLookup(document => document.File, StringComparer.Ordinal);
        foreach (var missing in _before.Objects.Values.Where(kept => !_claims.ContainsKey(kept.Id)))
        {
            if (nameless[missing.Document.File].FirstOrDefault(document => document.MayBe(missing.Id)) is { } mistyped)
            {
                Keep(missing, mistyped.Problems[0]);
            }
        }
    }

    /// <summary>A renamed file that is broken is known by its old name while objects stand under that.</summary>
    private void KeepKnownFiles()
    {
        foreach (var path in _objects.Values.Select(kept => kept.Document.File).Distinct().Where(path => !_files.ContainsKey(path)))
        {
            _files[path] = _before.Files.GetValueOrDefault(path);
        }
    }

    private void Keep(ObjectInForce kept, SourceProblem error) =>
        _objects[kept.Id] = kept with { Outdated = new OutdatedObject(kept.Id, kept.Outdated?.Since ?? _now, error) };

    private static SourceProblem Duplicate(CompiledDocument document, ObjectId id, CompiledDocument first) => new(
        ProblemSeverity.Error,
        ProblemReason.DuplicateObject,
        $"{id} stands already at {first.File}:{first.Line}, which counts")
    {
        File = document.File,
        Line = document.Line,
        Object = id.ToString(),
    };
}
