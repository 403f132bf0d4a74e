using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>A block that was read: typed values by field, each with its place and path.</summary>
internal sealed class SchemaObject(YamlValue node, string path)
{
    /// <summary>What a block that is not written holds: defaults only.</summary>
    public static readonly SchemaObject Empty = new(new YamlMap([], 1, 1), "");

    private readonly Dictionary<Field, (object Value, YamlValue Node)> _values = [];

    public YamlValue Node { get; } = node;

    public bool IsEmpty => _values.Count == 0;

    public bool Has(Field field) => _values.ContainsKey(field);

    /// <summary>The value that was written, else the field's default.</summary>
    public T Get<T>(Field<T> field)
        where T : notnull => _values.TryGetValue(field, out var found) ? (T)found.Value : field.Default;

    /// <summary>The value that was written, or null.</summary>
    public T? Find<T>(Field<T> field)
        where T : struct => _values.TryGetValue(field, out var found) ? (T)found.Value : null;

    /// <summary>The text that was written, or null.</summary>
    public string? FindText(Field<string> field) => _values.TryGetValue(field, out var found) ? (string)found.Value : null;

    /// <summary>The block that was written, or an empty one.</summary>
    public SchemaObject Block(Field<SchemaObject> field) => _values.TryGetValue(field, out var found) ? (SchemaObject)found.Value : Empty;

    /// <summary>Where the field's value stands; the whole block for a field that is not written.</summary>
    public YamlValue NodeOf(Field field) => _values.TryGetValue(field, out var found) ? found.Node : Node;

    public string PathOf(Field field) => path.Length == 0 ? field.Name : $"{path}.{field.Name}";

    public void Set(Field field, object value, YamlValue at) => _values[field] = (value, at);

    public void Contradiction(Reading reading, Field field, string message) =>
        reading.Error(NodeOf(field), PathOf(field), ProblemReason.Contradictory, message);
}
