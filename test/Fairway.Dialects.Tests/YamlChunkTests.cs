using Fairway.Dialects.Yaml;

namespace Fairway.Dialects.Tests;

public sealed class YamlChunkTests
{
    [Theory]
    [InlineData("a\n", "1:a\n")]
    [InlineData("---\na\n", "1:---\na\n")]
    [InlineData("a\n---\nb\n", "1:a\n|2:---\nb\n")]
    [InlineData("a\r\n---\r\nb\r\n", "1:a\r\n|2:---\r\nb\r\n")]
    [InlineData("a\n--- # why\nb\n---\n", "1:a\n|2:--- # why\nb\n|4:---\n")]
    [InlineData("a\n----\nb\n---x\n", "1:a\n----\nb\n---x\n")]
    [InlineData("a\n ---\nb\n", "1:a\n ---\nb\n")]
    [InlineData("%YAML 1.2\n# c\n---\na\n---\nb\n", "1:%YAML 1.2\n# c\n---\na\n|5:---\nb\n")]
    [InlineData("a\n---", "1:a\n|2:---")]
    [InlineData("", "1:")]
    public void A_text_is_cut_at_its_document_markers_only(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', YamlChunk.Split(text).Select(chunk => $"{chunk.FirstLine}:{chunk.Text}")));

    [Fact]
    public void The_chunks_together_are_the_text()
    {
        var random = new Random(7);
        string[] lines = ["---\n", "--- x\n", "%YAML 1.2\n", "# c\n", "a: b\n", "\n", "...\n", "----\n"];
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => lines[random.Next(lines.Length)]));

            Assert.Equal(text, string.Concat(YamlChunk.Split(text).Select(chunk => chunk.Text)));
        }
    }
}
