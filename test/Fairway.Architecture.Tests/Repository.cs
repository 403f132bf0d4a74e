using System.Runtime.CompilerServices;

namespace Fairway.Architecture.Tests;

/// <summary>The files of this repository, without what a build or an editor leaves in it.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs =
        ["bin", "obj", "out", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".git", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>The project folders under src/, by name.</summary>
    public static IReadOnlyList<string> SourceProjects { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "src"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => File.Exists(Path.Combine(SourceFolder(name), $"{name}.csproj")))
            .Order(StringComparer.Ordinal),
    ];

    public static string SourceFolder(string project) => Path.Combine(Root, "src", project);

    /// <summary>All files below a folder that people wrote.</summary>
    public static IEnumerable<string> Files(string folder)
    {
        var own = Directory.GetFiles(folder);
        var below = Directory.GetDirectories(folder).Where(child => !NotOurs.Contains(Path.GetFileName(child))).SelectMany(Files);
        return own.Concat(below);
    }

    /// <summary>A path as one writes it in a message: relative to the root.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(here)! })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Fairway.slnx")))
                    return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("no folder above this test holds Fairway.slnx");
    }
}
