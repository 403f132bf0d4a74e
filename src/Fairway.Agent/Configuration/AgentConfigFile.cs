using Fairway.Dialects.Schema;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Agent.Configuration;

/// <summary>Reads fairway.yaml (design section 8) with the schema engine of the documents, so that its errors read like theirs.</summary>
public static class AgentConfigFile
{
    /// <summary>The options of the file, or the defaults when there is none.</summary>
    /// <param name="path">The file; null: none was given.</param>
    /// <param name="problems">Takes everything that is wrong with the file, a line each; where it took something, the options are not to be used.</param>
    public static AgentOptions Load(string? path, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (path is null)
        {
            return Defaults();
        }

        try
        {
            var (options, found) = Parse(path, File.ReadAllText(path));
            found.ForEach(problem => problems.Add(problem.ToString()));
            return options;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"--config {path}: {error.Message}");
            return Defaults();
        }
    }

    internal static (AgentOptions Options, List<SourceProblem> Problems) Parse(string file, string text)
    {
        List<(YamlChunk Chunk, YamlDocument Document)> documents = [.. YamlChunk.Split(text.TrimStart('\uFEFF')).Select(chunk => (chunk, YamlComposer.Compose(chunk.Text)))];
        if (documents.FirstOrDefault(document => document.Document.Error is not null) is { Document: { Error: { } error } } broken)
        {
            return (Defaults(), [new(ProblemSeverity.Error, error.Reason, error.Message) { File = file, Line = broken.Chunk.FirstLine + error.Line - 1, Column = error.Column }]);
        }

        documents.RemoveAll(document => document.Document.Root is null or { IsNull: true });
        if (documents.Count != 1)
        {
            return (Defaults(), [.. documents.Skip(1).Take(1).Select(second => Second(file, second.Chunk))]);
        }

        var (chunk, config) = documents[0];
        var reading = new Reading(file, chunk.FirstLine, null);
        var options = Read(config, reading);
        return (options, [.. reading.Problems]);
    }

    private static SourceProblem Second(string file, YamlChunk chunk) =>
        new(ProblemSeverity.Error, ProblemReason.NotYaml, "the agent's configuration is one document, and here begins a second; documents such as BgpPeer belong into sources.files.path")
        {
            File = file,
            Line = chunk.FirstLine,
        };

    private static AgentOptions Defaults() => ConfigReader.ToOptions(SchemaObject.Empty);

    private static AgentOptions Read(YamlDocument config, Reading reading)
    {
        foreach (var key in config.DuplicateKeys)
        {
            reading.Error(key, key.Text, ProblemReason.DuplicateKey, $"'{key.Text}' stands twice in one block");
        }

        ConfigFields.Root.TryRead(config.Root!, reading, "", out var root);
        if (root is null || reading.IsMalformed)
        {
            return Defaults();
        }

        var options = ConfigReader.ToOptions(root);
        ConfigChecks.Run(root, options, reading);
        return options;
    }
}
