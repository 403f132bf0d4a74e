using System.Diagnostics.CodeAnalysis;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;
using Fairway.Net;

namespace Fairway.Dialects.Schema;

/// <summary>A list of one type of values.</summary>
internal sealed class ListType<T>(FieldType<T> item, int minimum = 0) : FieldType<ValueList<T>>
    where T : notnull
{
    public override string Wanted => "a list";

    public FieldType<T> Item { get; } = item;

    public override bool IsEmpty(ValueList<T> value) => value.IsEmpty;

    public override bool TryRead(YamlValue value, Reading reading, string path, [MaybeNullWhen(false)] out ValueList<T> result)
    {
        result = default;
        if (value is not YamlList list)
        {
            return WrongType(value, reading, path, value is YamlScalar scalar ? $"[{scalar.Text}]" : null);
        }

        if (list.Items.Count < minimum)
        {
            reading.Error(value, path, ProblemReason.Missing, "at least one entry is wanted");
            return false;
        }

        var items = new List<T>(list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (Item.TryRead(list.Items[i], reading, $"{path}[{i}]", out var read))
            {
                items.Add(read);
            }
        }

        result = items.ToValueList();
        return items.Count == list.Items.Count;
    }
}
