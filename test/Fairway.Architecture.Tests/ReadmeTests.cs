namespace Fairway.Architecture.Tests;

/// <summary>Each project opens with a README.md: purpose, parts, data flow, owner of each state, RFCs.</summary>
public sealed class ReadmeTests
{
    private const int LongestReadme = 30;

    public static TheoryData<string> Projects => [.. Repository.SourceProjects.Where(HasCode)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_opens_with_a_readme_of_at_most_30_lines(string project)
    {
        var readme = Path.Combine(Repository.SourceFolder(project), "README.md");
        Assert.True(File.Exists(readme), $"{Repository.Relative(readme)} is missing");

        var lines = File.ReadLines(readme).Count();
        Assert.True(lines <= LongestReadme, $"{Repository.Relative(readme)} has {lines} lines; at most {LongestReadme} are allowed");
    }

    private static bool HasCode(string project) => Repository.Files(Repository.SourceFolder(project))
        .Any(file => file.EndsWith(".cs", StringComparison.Ordinal) && Path.GetFileName(file) != "Program.cs");
}
