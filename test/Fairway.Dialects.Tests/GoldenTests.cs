using Fairway.Intents.Model;

namespace Fairway.Dialects.Tests;

/// <summary>
/// Each folder of Cases holds an input and the text of what becomes of it. Run with FAIRWAY_REFRESH=1 to write the texts anew, and read the
/// difference before committing it.
/// </summary>
public sealed class GoldenTests
{
    internal static readonly string Root = FindCases();

    public static TheoryData<string> Cases => [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_input_becomes_exactly_the_expected_text(string name)
    {
        var folder = Path.Combine(Root, name);
        var input = Directory.EnumerateFiles(folder, "input.*").Single();

        var actual = CompiledText.Of(new DialectCompiler(Owner.FilesFairway).Compile(Path.GetFileName(input), File.ReadAllText(input)));

        var expected = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("FAIRWAY_REFRESH") == "1")
        {
            File.WriteAllText(expected, actual);
        }

        Assert.Equal(File.ReadAllText(expected), actual);
    }

    /// <summary>The folder in the source tree, so that a refresh lands there.</summary>
    private static string FindCases()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fairway.Dialects.Tests.csproj")))
            {
                return Path.Combine(folder.FullName, "Cases");
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside the source tree.");
    }
}
