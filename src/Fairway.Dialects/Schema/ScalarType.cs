using System.Diagnostics.CodeAnalysis;
using Fairway.Dialects.Yaml;

namespace Fairway.Dialects.Schema;

/// <summary>Reads one text; what went wrong is in <see cref="Parsed{T}.Reason"/>.</summary>
internal delegate Parsed<T> ScalarParser<T>(string text);

/// <summary>A parsed text, or a reason, a message and perhaps a better text.</summary>
internal readonly record struct Parsed<T>(T? Value, string? Reason = null, string? Message = null, string? Suggestion = null)
{
    public static implicit operator Parsed<T>(T value) => new(value);

    public static Parsed<T> Fail(string reason, string message, string? suggestion = null) => new(default, reason, message, suggestion);

    public Parsed<TOther> Map<TOther>(Func<T, TOther> map) => Reason is null ? map(Value!) : Parsed<TOther>.Fail(Reason, Message!, Suggestion);
}

/// <summary>A single text, number or word. With <paramref name="mustBePlain"/> a quoted text is refused: "90" is not a number.</summary>
internal sealed class ScalarType<T>(string wanted, ScalarParser<T> parse, bool mustBePlain = false) : FieldType<T>
    where T : notnull
{
    public override string Wanted => wanted;

    public override bool TryRead(YamlValue value, Reading reading, string path, [MaybeNullWhen(false)] out T result)
    {
        result = default;
        if (value is not YamlScalar { IsNull: false } scalar)
        {
            return WrongType(value, reading, path);
        }

        if (mustBePlain && !scalar.IsPlain)
        {
            return WrongType(value, reading, path, parse(scalar.Text).Reason is null ? scalar.Text : null);
        }

        var parsed = parse(scalar.Text);
        if (parsed.Reason is not null)
        {
            reading.Error(value, path, parsed.Reason, parsed.Message!, parsed.Suggestion);
            return false;
        }

        result = parsed.Value!;
        return true;
    }
}
