namespace Fairway.Testing;

/// <summary>
/// Real bytes that lie beside the repository: the folder of FAIRWAY_CORPUS, else ../shared/corpus. Absent, its tests say so and skip
/// (see <see cref="CorpusFactAttribute"/>); with CI=true they fail.
/// </summary>
public static class Corpus
{
    private static readonly string Root =
        Path.GetFullPath(Environment.GetEnvironmentVariable("FAIRWAY_CORPUS") ?? Path.Combine(RepositoryRoot(), "..", "shared", "corpus"));

    /// <summary>Why tests of the corpus are skipped, or null: they run.</summary>
    public static string? SkipReason => Directory.Exists(Root) || Environment.GetEnvironmentVariable("CI") == "true"
        ? null
        : $"There is no corpus at {Root}: set FAIRWAY_CORPUS.";

    /// <summary>The full path of a file or folder of the corpus, which must be there.</summary>
    public static string PathOf(string relative)
    {
        var path = Path.Combine(Root, relative);
        return Path.Exists(path) ? path : throw new FileNotFoundException("Not in the corpus. Set FAIRWAY_CORPUS to where it lies.", path);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fairway.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
