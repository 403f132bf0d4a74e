using System.Diagnostics.CodeAnalysis;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>A block of known fields.</summary>
internal sealed class ObjectType(params Field[] fields) : FieldType<SchemaObject>
{
    public IReadOnlyList<Field> Fields { get; } = fields;

    /// <summary>The field that a single text stands for: "ipv4-unicast" for {name: ipv4-unicast}.</summary>
    public Field? Shorthand { get; init; }

    public override string Wanted => Shorthand is null ? "a block of fields" : $"{Shorthand.Wanted}, or a block of fields";

    public override bool IsEmpty(SchemaObject value) => value.IsEmpty;

    public override bool TryRead(YamlValue value, Reading reading, string path, [MaybeNullWhen(false)] out SchemaObject result)
    {
        result = new SchemaObject(value, path);
        var before = reading.Problems.Count;
        if (value is YamlMap map)
        {
            ReadFields(map, reading, path, result);
        }
        else if (value is YamlScalar { IsNull: false } && Shorthand is not null)
        {
            ReadField(Shorthand, value, reading, path, result);
        }
        else
        {
            return WrongType(value, reading, path);
        }

        return reading.Problems.Skip(before).All(problem => problem.Severity != ProblemSeverity.Error || problem.Reason == ProblemReason.NotBuiltYet);
    }

    private void ReadFields(YamlMap map, Reading reading, string path, SchemaObject result)
    {
        foreach (var (key, value) in map.Entries)
        {
            var fieldPath = Join(path, key.Text);
            if (Fields.FirstOrDefault(field => field.Name == key.Text) is not { } field)
            {
                ReportUnknown(key, reading, fieldPath);
            }
            else if (!value.IsNull)
            {
                ReadField(field, value, reading, fieldPath, result);
            }
        }

        foreach (var field in Fields.Where(field => field.IsRequired && map.Find(field.Name) is null or { IsNull: true }))
        {
            reading.Error(map, Join(path, field.Name), ProblemReason.Missing, $"'{field.Name}' is missing: {field.Wanted}");
        }
    }

    private static void ReadField(Field field, YamlValue value, Reading reading, string path, SchemaObject result)
    {
        if (field.Read(value, reading, path) is { } read)
        {
            result.Set(field, read, value);
        }
    }

    private void ReportUnknown(YamlScalar key, Reading reading, string path)
    {
        var words = Fields.Select(field => field.Name);
        var suggestion = Deeper(name => name == key.Text) ?? NearestWord.Of(key.Text, words) ?? Deeper(name => NearestWord.Of(key.Text, [name]) is not null);
        reading.Error(key, path, ProblemReason.UnknownField, $"there is no field '{key.Text}' here", suggestion);
    }

    /// <summary>A field one level deeper: "timers.hold" for a hold that was put beside timers.</summary>
    private string? Deeper(Func<string, bool> isMeant) => Fields.OfType<Field<SchemaObject>>()
        .SelectMany(field => (field.Type as ObjectType)?.Fields.Select(inner => (Block: field.Name, inner.Name)) ?? [])
        .Where(inner => isMeant(inner.Name))
        .Select(inner => $"{inner.Block}.{inner.Name}")
        .FirstOrDefault();

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
