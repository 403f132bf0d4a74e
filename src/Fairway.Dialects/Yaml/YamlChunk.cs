namespace Fairway.Dialects.Yaml;

/// <summary>The text of one document of a file, and the line of the file at which it starts (from 1).</summary>
internal readonly record struct YamlChunk(string Text, int FirstLine)
{
    /// <summary>
    /// Cuts a text at its document markers. YAML 1.2 §9.1.2 allows "---" at the start of a line nowhere else, not even inside a
    /// quoted text, so that documents can be told apart (and remembered apart) without parsing them.
    /// </summary>
    public static List<YamlChunk> Split(string text)
    {
        var chunks = new List<YamlChunk>();
        var (start, firstLine, line) = (0, 1, 1);
        var onlyDirectives = true;
        for (var at = 0; at < text.Length; line++)
        {
            var next = text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
            var content = text.AsSpan(at, next - at).TrimEnd("\r\n");
            var isMarker = IsMarker(content);
            if (isMarker && at > start && !(onlyDirectives && text[start] == '%'))
            {
                chunks.Add(new(text[start..at], firstLine));
                (start, firstLine) = (at, line);
            }

            onlyDirectives = !isMarker && (at == start || onlyDirectives) && (content.IsWhiteSpace() || content[0] is '%' or '#');
            at = next;
        }

        chunks.Add(new(text[start..], firstLine));
        return chunks;
    }

    private static bool IsMarker(ReadOnlySpan<char> line) => line.StartsWith("---") && (line.Length == 3 || line[3] is ' ' or '\t');
}
