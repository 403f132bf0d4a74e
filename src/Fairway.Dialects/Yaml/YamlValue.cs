namespace Fairway.Dialects.Yaml;

/// <summary>A value of a YAML document with its place: line and column from 1, lines counted from the start of the document's own text.</summary>
internal abstract class YamlValue(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>The word for messages.</summary>
    public abstract string Form { get; }

    /// <summary>An explicit null counts as a field that was not written, as in the Kubernetes API.</summary>
    public virtual bool IsNull => false;
}

/// <summary>Text, a number, true or false: what it is depends on the field. Quoted text (<see cref="IsPlain"/> false) is never a number.</summary>
internal sealed class YamlScalar(string text, bool isPlain, int line, int column) : YamlValue(line, column)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public override bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Form => IsNull ? "nothing" : IsPlain ? $"'{Shorten(Text)}'" : $"the text \"{Shorten(Text)}\"";

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}

internal sealed class YamlList(IReadOnlyList<YamlValue> items, int line, int column) : YamlValue(line, column)
{
    public IReadOnlyList<YamlValue> Items { get; } = items;

    public override string Form => "a list";
}

/// <summary>Fields in the order they were written; a key that stands twice is here twice.</summary>
internal sealed class YamlMap(IReadOnlyList<YamlEntry> entries, int line, int column) : YamlValue(line, column)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Form => "a block of fields";

    public YamlValue? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry.Value;
            }
        }

        return null;
    }
}

/// <summary>One field with the place of its key.</summary>
internal readonly record struct YamlEntry(YamlScalar Key, YamlValue Value);
