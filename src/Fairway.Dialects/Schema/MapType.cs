using System.Diagnostics.CodeAnalysis;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;
using Fairway.Net;

namespace Fairway.Dialects.Schema;

/// <summary>Free names with a text each, such as labels.</summary>
internal sealed class MapType : FieldType<ValueList<Label>>
{
    public override string Wanted => "a block of names with a text each";

    public override bool IsEmpty(ValueList<Label> value) => value.IsEmpty;

    public override bool TryRead(YamlValue value, Reading reading, string path, [MaybeNullWhen(false)] out ValueList<Label> result)
    {
        result = default;
        if (value is not YamlMap map)
        {
            return WrongType(value, reading, path);
        }

        var labels = new List<Label>(map.Entries.Count);
        foreach (var (key, entry) in map.Entries)
        {
            if (entry is YamlScalar scalar)
            {
                labels.Add(new(key.Text, scalar.IsNull ? "" : scalar.Text));
            }
            else
            {
                reading.Error(entry, $"{path}.{key.Text}", ProblemReason.WrongType, $"a text is wanted here, not {entry.Form}");
            }
        }

        result = labels.OrderBy(label => label.Key, StringComparer.Ordinal).ToValueList();
        return labels.Count == map.Entries.Count;
    }
}

/// <summary>Something that is allowed and not looked at.</summary>
internal sealed class AnyType : FieldType<YamlValue>
{
    public override string Wanted => "anything";

    public override bool IsEmpty(YamlValue value) => value is YamlMap { Entries.Count: 0 } or YamlList { Items.Count: 0 };

    public override bool TryRead(YamlValue value, Reading reading, string path, [MaybeNullWhen(false)] out YamlValue result)
    {
        result = value;
        return true;
    }
}
