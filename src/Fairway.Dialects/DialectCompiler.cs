using System.Collections.Immutable;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects;

/// <summary>
/// Compiles the texts of one file, one after the other. A pure function from text to wishes and problems; what it remembers of the text before
/// only saves time: the same document at the same place gives the very same result again. Not safe for use by several threads at once.
/// </summary>
public sealed class DialectCompiler(Owner owner)
{
    private readonly Memo<string, YamlDocument> _parsed = new();
    private readonly Memo<(string File, YamlChunk Chunk), CompiledDocument> _compiled = new();

    /// <summary>Compiles a text that may hold several documents.</summary>
    public CompiledFile Compile(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF'); // a byte order mark
        if (text.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0)
        {
            return Broken(path, new YamlError(ProblemReason.NotYaml, "not YAML: it contains a NUL character", text.AsSpan(0, nul).Count('\n') + 1, 1), 1);
        }

        var documents = ImmutableArray.CreateBuilder<CompiledDocument>();
        foreach (var chunk in YamlChunk.Split(text))
        {
            var parsed = _parsed.Get(chunk.Text, YamlComposer.Compose);
            if (parsed.Error is { } error)
            {
                return Broken(path, error, chunk.FirstLine);
            }

            if (parsed.Root is { IsNull: false })
            {
                documents.Add(_compiled.Get((path, chunk), key => DocumentCompiler.Compile(key.Chunk, parsed, key.File, owner)));
            }
        }

        _parsed.ForgetUnused();
        _compiled.ForgetUnused();
        return new(path, documents.DrainToImmutable(), null);
    }

    /// <summary>Compiles one document again that was kept from an earlier run; null when it holds no object any more.</summary>
    public CompiledDocument? CompileDocument(string path, int firstLine, string text)
    {
        var parsed = YamlComposer.Compose(text);
        return parsed is { Error: null, Root: { } } ? DocumentCompiler.Compile(new YamlChunk(text, firstLine), parsed, path, owner) : null;
    }

    private static CompiledFile Broken(string path, YamlError error, int firstLine) => new(path, [], new SourceProblem(ProblemSeverity.Error, error.Reason, error.Message)
    {
        File = path,
        Line = firstLine + error.Line - 1,
        Column = error.Column,
    });
}
