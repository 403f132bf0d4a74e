using System.Security;
using Fairway.Net;

namespace Fairway.Sources.Files.Reading;

/// <summary>One document file of a directory; without a stamp <see cref="Error"/> says why.</summary>
internal readonly record struct ListedFile(string Path, FileStamp? Stamp, string? Error);

/// <summary>The document files of a directory, by name. Two equal listings mean that nothing was changed between them.</summary>
internal sealed record DirectoryListing(string Path, FileId? Directory, ValueList<ListedFile> Files)
{
    private const int MaxFiles = 10_000;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>True when there is no directory at the path.</summary>
    public bool IsMissing => Directory is null && Error is null;

    /// <summary>Why the directory cannot be read, or null.</summary>
    public string? Error { get; private init; }

    public static DirectoryListing Of(string path)
    {
        if (FileStamp.Of(path, out var error) is not { } stamp)
        {
            var isGone = !System.IO.Path.Exists(path);
            return new(path, null, []) { Error = isGone ? null : error };
        }

        if (!stamp.IsDirectory)
        {
            return new(path, null, []) { Error = "it is not a directory" };
        }

        try
        {
            return new(path, stamp.Id, List(path));
        }
        catch (DirectoryNotFoundException)
        {
            return new(path, null, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException)
        {
            return new(path, null, []) { Error = IoError.Describe(exception) };
        }
    }

    /// <summary>A listing of one file that was named itself.</summary>
    public static DirectoryListing OfFile(string path) => new(path, default(FileId), [Stamp(path)]);

    private static ValueList<ListedFile> List(string path)
    {
        var files = System.IO.Directory.EnumerateFileSystemEntries(path)
            .Where(IsDocument)
            .Take(MaxFiles + 1)
            .Order(StringComparer.Ordinal)
            .Select(Stamp)
            .Where(file => file.Stamp is not { IsDirectory: true })
            .ToValueList();
        return files.Count <= MaxFiles ? files : throw new IOException($"it holds more than {MaxFiles} documents");
    }

    private static bool IsDocument(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        return !name.StartsWith('.') && Extensions.Contains(System.IO.Path.GetExtension(name), StringComparer.Ordinal);
    }

    private static ListedFile Stamp(string path) => new(path, FileStamp.Of(path, out var error), error);
}
