using Fairway.Intents.Model;
using static Fairway.Sources.Files.Tests.Documents;

namespace Fairway.Sources.Files.Tests;

public sealed class DirectoryValidatorTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fairway-validate-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_wrong_document_is_told_with_file_line_field_reason_and_the_right_word()
    {
        Write("a.yaml", Instance + Peer("tor1", extra: "timers: {hodl: 9s}"));

        var result = DirectoryValidator.Validate(_directory.FullName);

        var problem = Assert.Single(result.Problems);
        Assert.Equal(
            (_directory.FullName + "/a.yaml", 12, "BgpPeer/tor1", "spec.timers.hodl", ProblemReason.UnknownField, "hold"),
            (problem.File, problem.Line, problem.Object, problem.Field, problem.Reason, problem.Suggestion));
        Assert.Equal((2, true), (result.Documents, result.HasErrors));
    }

    [Fact]
    public void A_directory_is_checked_for_names_that_nothing_bears_and_a_file_alone_is_not()
    {
        Write("a.yaml", Instance + Peer("tor1", extra: "import: [from-tor]"));

        Assert.Equal(ProblemReason.UnknownPolicy, Assert.Single(DirectoryValidator.Validate(_directory.FullName).Problems).Reason);
        Assert.Empty(DirectoryValidator.Validate(Path.Combine(_directory.FullName, "a.yaml")).Problems);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error() =>
        Assert.Equal("there is no file or directory /nowhere/at/all", Assert.Single(DirectoryValidator.Validate("/nowhere/at/all").Problems).Message);

    [Fact]
    public void A_fifo_is_refused_and_not_waited_for()
    {
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_directory.FullName, "a.yaml")]))
        {
            make.WaitForExit();
        }

        Assert.Contains("not a regular file", Assert.Single(DirectoryValidator.Validate(_directory.FullName).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_examples_are_right()
    {
        var result = DirectoryValidator.Validate(Path.Combine(FindRepository(), "examples/files"));

        Assert.Empty(result.Problems);
        Assert.True(result.Documents >= 6);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fairway.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside the source tree.");
    }
}
