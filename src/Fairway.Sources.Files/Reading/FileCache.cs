using Fairway.Dialects;
using Fairway.Intents.Model;

namespace Fairway.Sources.Files.Reading;

/// <summary>
/// Reads and compiles the files of a directory, each again only when its stamp differs. A stamp is trusted after the second look: a file
/// that is written twice within one tick of the file system's clock keeps its stamp.
/// </summary>
internal sealed class FileCache(Owner owner)
{
    private const int MaxFileBytes = 16 * 1024 * 1024;

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private sealed record Entry(FileStamp Stamp, DialectCompiler Compiler, FileReading Reading, bool IsTrusted);

    public DirectoryReading Read(DirectoryListing listing)
    {
        if (listing.Directory is null)
        {
            return NoDirectory(listing);
        }

        foreach (var gone in _entries.Keys.Except(listing.Files.Select(file => file.Path)).ToList())
        {
            _entries.Remove(gone);
        }

        return new(FilesCondition.Ready, null, [.. listing.Files.Select(Read)]);
    }

    private static DirectoryReading NoDirectory(DirectoryListing listing)
    {
        var (condition, message) = listing.IsMissing
            ? (FilesCondition.Missing, $"there is no directory {listing.Path}; what it held last stays in force")
            : (FilesCondition.Unreadable, $"cannot read {listing.Path}: {listing.Error}; what it held last stays in force");
        return new(condition, new SourceProblem(ProblemSeverity.Warning, ProblemReason.Unreadable, message) { File = listing.Path }, []);
    }

    private FileReading Read(ListedFile file)
    {
        if (file.Stamp is not { } stamp)
        {
            return FileReading.Unreadable(file.Path, null, ProblemReason.Unreadable, $"cannot read the file: {file.Error}");
        }

        var known = _entries.GetValueOrDefault(file.Path);
        if (known is { IsTrusted: true } && known.Stamp == stamp)
        {
            return known.Reading;
        }

        var compiler = known?.Compiler ?? new DialectCompiler(owner);
        var reading = Read(file.Path, stamp, compiler);
        _entries[file.Path] = new(stamp, compiler, reading, IsTrusted: known?.Stamp == stamp && reading.Broken?.Reason != ProblemReason.Unreadable);
        return reading;
    }

    private static FileReading Read(string path, FileStamp stamp, DialectCompiler compiler)
    {
        if (!stamp.IsRegular)
        {
            return FileReading.Unreadable(path, stamp.Id, ProblemReason.Unreadable, "cannot read it: it is not a regular file");
        }

        try
        {
            if (BoundedFile.Read(path, MaxFileBytes) is not { } bytes)
            {
                return FileReading.Unreadable(path, stamp.Id, ProblemReason.TooLarge, $"longer than {MaxFileBytes / 1024 / 1024} MiB; split it into several files");
            }

            return BoundedFile.Decode(bytes, out var badLine) is { } text
                ? FileReading.Of(compiler.Compile(path, text), stamp.Id, text.EndsWith('\n'))
                : FileReading.Unreadable(path, stamp.Id, ProblemReason.NotYaml, "not YAML: there are octets here that are not UTF-8", badLine);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileReading.Unreadable(path, stamp.Id, ProblemReason.Unreadable, $"cannot read the file: {IoError.Describe(exception)}");
        }
    }
}
