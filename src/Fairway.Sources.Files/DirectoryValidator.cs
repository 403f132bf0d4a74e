using Fairway.Intents.Model;
using Fairway.Intents.Policy;
using Fairway.Sources.Files.Reading;

namespace Fairway.Sources.Files;

/// <summary>Checks a file or a directory the way the files source would read it, for <c>fairway validate</c>.</summary>
public static class DirectoryValidator
{
    /// <summary>
    /// Everything wrong with the documents at the path. Password files are not looked at, since documents are often checked on another machine;
    /// names that no object bears are warned of only for a directory, since a file alone seldom holds all.
    /// </summary>
    public static ValidationResult Validate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var isFile = FileStamp.Of(path, out _) is { IsDirectory: false };
        var reading = new FileCache(Owner.FilesFairway).Read(isFile ? DirectoryListing.OfFile(path) : DirectoryListing.Of(path));
        if (reading.Problem is { } problem)
        {
            var cause = reading.Condition == FilesCondition.Missing ? $"there is no file or directory {path}" : $"cannot read {path}";
            return new([problem with { Severity = ProblemSeverity.Error, Message = cause }], 0);
        }

        var compiled = DocumentSet.Compile(reading, _ => null);
        var references = isFile ? [] : References.Check(compiled.Intents);
        return new([.. compiled.Problems, .. references], compiled.Documents);
    }
}
