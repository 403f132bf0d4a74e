using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>One field of a block: the single description that checks documents and can be shown to people.</summary>
internal abstract class Field(string name)
{
    public string Name { get; } = name;

    public bool IsRequired { get; init; }

    /// <summary>What people should know of it.</summary>
    public string Note { get; init; } = "";

    /// <summary>The feature that is missing ("route reflection"); null for a field that works.</summary>
    public string? NotBuilt { get; init; }

    public abstract string Wanted { get; }

    /// <summary>Reads the value; null after an error, which has then been told.</summary>
    public abstract object? Read(YamlValue value, Reading reading, string path);
}

/// <summary>A field of a known type.</summary>
internal sealed class Field<T>(string name, FieldType<T> type) : Field(name)
    where T : notnull
{
    private readonly T? _default;

    public FieldType<T> Type { get; } = type;

    public bool HasDefault { get; private init; }

    /// <summary>The value of a field that is not written.</summary>
    public T Default
    {
        get => HasDefault ? _default! : throw new InvalidOperationException($"'{Name}' has no default.");
        init => (_default, HasDefault) = (value, true);
    }

    public override string Wanted => Type.Wanted;

    public override object? Read(YamlValue value, Reading reading, string path)
    {
        if (!Type.TryRead(value, reading, path, out var result))
        {
            return null;
        }

        if (NotBuilt is not null && !IsOff(result))
        {
            reading.Error(value, path, ProblemReason.NotBuiltYet, $"{NotBuilt} is not built yet");
        }

        return result;
    }

    /// <summary>A feature that is not there may be switched off explicitly: its default, or nothing in it.</summary>
    private bool IsOff(T value) => Type.IsEmpty(value) || (HasDefault && value.Equals(_default));
}
