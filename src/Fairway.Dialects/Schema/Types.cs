using System.Globalization;
using System.Text;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>The types that have nothing to do with routing: truth values, numbers, words, texts.</summary>
internal static class Types
{
    public static readonly FieldType<bool> Bool = new ScalarType<bool>("true or false", ParseBool, mustBePlain: true);

    public static readonly AnyType Any = new();

    public static readonly MapType Labels = new();

    public static FieldType<uint> Number(uint minimum = 0, uint maximum = uint.MaxValue) =>
        new ScalarType<uint>("a number", text => ParseNumber(text, minimum, maximum), mustBePlain: true);

    public static FieldType<int> Count(int minimum, int maximum) =>
        new ScalarType<int>("a number", text => ParseNumber(text, (uint)minimum, (uint)maximum).Map(value => (int)value), mustBePlain: true);

    public static FieldType<string> Text(int maxOctets) => new ScalarType<string>("a text", text => Encoding.UTF8.GetByteCount(text) <= maxOctets
        ? text
        : Parsed<string>.Fail(ProblemReason.OutOfRange, $"longer than {maxOctets} octets"));

    /// <summary>One of a few words, each with its meaning.</summary>
    public static FieldType<T> Word<T>(params (string Word, T Value)[] words)
        where T : notnull => new ScalarType<T>(OneOf(words.Select(pair => pair.Word)), text => ParseWord(text, words));

    public static string OneOf(IEnumerable<string> words)
    {
        var all = words.ToArray();
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    public static Parsed<uint> ParseNumber(string text, uint minimum, uint maximum)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return Parsed<uint>.Fail(ProblemReason.WrongType, $"a number is wanted here, not '{text}'");
        }

        if (digits.Length > 1 && digits[0] == '0')
        {
            // YAML 1.1 reads 010 as eight, YAML 1.2 as ten.
            return Parsed<uint>.Fail(ProblemReason.WrongType, $"'{text}' begins with a zero, which some read as octal", digits.TrimStart('0') is { IsEmpty: false } rest ? rest.ToString() : "0");
        }

        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : Parsed<uint>.Fail(ProblemReason.OutOfRange, $"{text} is not in the range {minimum} to {maximum}");
    }

    private static Parsed<bool> ParseBool(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => Parsed<bool>.Fail(ProblemReason.WrongType, $"true or false is wanted here, not '{text}'", text.ToUpperInvariant() switch
        {
            "YES" or "Y" or "ON" or "1" => "true",
            "NO" or "N" or "OFF" or "0" => "false",
            _ => NearestWord.Of(text, ["true", "false"]),
        }),
    };

    private static Parsed<T> ParseWord<T>(string text, (string Word, T Value)[] words)
    {
        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        var all = words.Select(pair => pair.Word).ToArray();
        return Parsed<T>.Fail(ProblemReason.UnknownWord, $"'{text}' is not one of {string.Join(", ", all)}", NearestWord.Of(text, all));
    }
}
