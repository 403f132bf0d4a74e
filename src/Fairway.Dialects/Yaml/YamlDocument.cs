namespace Fairway.Dialects.Yaml;

/// <summary>
/// A chunk after parsing: its value (null when it holds comments only), the keys that stand twice in one block, or the error that made it
/// unreadable.
/// </summary>
internal sealed record YamlDocument(YamlValue? Root, IReadOnlyList<YamlScalar> DuplicateKeys, YamlError? Error)
{
    public static YamlDocument Failed(YamlError error) => new(null, [], error);
}

/// <summary>Why a text is not a YAML document, with the line in its chunk.</summary>
internal sealed record YamlError(string Reason, string Message, int Line, int Column);
