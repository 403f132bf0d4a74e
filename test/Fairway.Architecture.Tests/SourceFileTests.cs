namespace Fairway.Architecture.Tests;

/// <summary>What holds for each file, whatever it says.</summary>
public sealed class SourceFileTests
{
    private const int LongestFile = 250;

    // Put together from halves, so that this file does not name what it forbids.
    private static readonly string[] Forbidden = ["/wor" + "k/", ".libr" + "ary/", "/tmp/bri" + "ef", "/tmp/hu" + "b"];

    private static readonly string[] TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".slnx", ".md", ".sh", ".py", ".conf", ".proto", ".yaml", ".yml", ".json", ".txt", ".xml", ""];

    [Fact]
    public void A_source_file_stays_under_250_lines()
    {
        var tooLong = Repository.Files(Path.Combine(Repository.Root, "src"))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (Name: Repository.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > LongestFile);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine()
    {
        var findings =
            from file in Repository.Files(Repository.Root)
            where TextFiles.Contains(Path.GetExtension(file))
            from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
            where Forbidden.Any(word => line.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
            select $"{Repository.Relative(file)}:{line.Number}: {line.Text.Trim()}";

        Assert.Empty(findings);
    }
}
