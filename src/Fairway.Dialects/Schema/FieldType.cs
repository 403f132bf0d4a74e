using System.Diagnostics.CodeAnalysis;
using Fairway.Dialects.Yaml;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>What a field may hold: reads a YAML value into a typed one, or says what is wrong with it.</summary>
internal abstract class FieldType<T>
    where T : notnull
{
    /// <summary>What is wanted, for messages: "a duration such as 90s".</summary>
    public abstract string Wanted { get; }

    public abstract bool TryRead(YamlValue value, Reading reading, string path, [MaybeNullWhen(false)] out T result);

    /// <summary>True for a value that says nothing, such as an empty block.</summary>
    public virtual bool IsEmpty(T value) => false;

    protected bool WrongType(YamlValue value, Reading reading, string path, string? suggestion = null)
    {
        reading.Error(value, path, ProblemReason.WrongType, $"{Wanted} is wanted here, not {value.Form}", suggestion);
        return false;
    }
}
