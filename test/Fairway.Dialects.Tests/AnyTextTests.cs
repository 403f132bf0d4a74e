using System.Text;
using Fairway.Intents.Model;
using Xunit.Abstractions;

namespace Fairway.Dialects.Tests;

/// <summary>Whatever the text: an answer that names the place, never an exception.</summary>
public sealed class AnyTextTests(ITestOutputHelper output)
{
    private static readonly string[] Inputs =
    [
        .. Directory.EnumerateFiles(GoldenTests.Root, "input.*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(text => text.Length is > 0 and < 4000),
    ];

    [Fact]
    public void Every_truncation_of_every_input_has_an_answer()
    {
        foreach (var input in Inputs.Where(input => input.Length < 1200))
        {
            for (var length = 0; length < input.Length; length++)
            {
                Check(input[..length]);
            }
        }
    }

    [Fact]
    public void Random_changes_to_every_input_have_an_answer()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        foreach (var input in Inputs.Concat(Inputs).Concat(Inputs))
        {
            Check(Change(input, random));
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("!!x ")]
    [InlineData("&a ")]
    [InlineData("\"")]
    [InlineData("|")]
    [InlineData("a:\n ")]
    [InlineData("---\n")]
    [InlineData("\uD800")]
    public void A_hundred_thousand_of_one_thing_have_an_answer(string piece) => Check(new StringBuilder().Insert(0, piece, 100_000).ToString());

    private static void Check(string text)
    {
        var compiled = new DialectCompiler(Owner.FilesFairway).Compile("any.yaml", text);

        var lines = text.Count(letter => letter == '\n') + 1;
        var problems = compiled.Documents.SelectMany(document => document.Problems).Concat(compiled.Broken is { } broken ? [broken] : []).ToList();
        Assert.All(problems, problem => Assert.True(problem.Line >= 1 && problem.Line <= lines && problem.File == "any.yaml", $"{problem}"));
        Assert.All(compiled.Documents, document => Assert.True(document.IsValid || (document.Problems.Length > 0 && document.Intents.IsEmpty)));
    }

    private static string Change(string input, Random random)
    {
        const string Letters = "{}[]:,-#&*!|>'\"%@`?~ \t\n\r\0\uFEFFaZ09./\u2028\uFFFF";
        var text = new StringBuilder(input);
        for (var change = 0; change < 3; change++)
        {
            var at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text[at] = Letters[random.Next(Letters.Length)];
                    break;
                case 1:
                    text.Insert(at, Letters[random.Next(Letters.Length)]);
                    break;
                default:
                    text.Remove(at, Math.Min(random.Next(20), text.Length - at));
                    text.Append(' ');
                    break;
            }
        }

        return text.ToString();
    }
}
