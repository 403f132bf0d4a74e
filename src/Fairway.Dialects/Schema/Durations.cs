using System.Globalization;
using Fairway.Intents.Model;

namespace Fairway.Dialects.Schema;

/// <summary>Durations as people write them: "90s", "300ms", "2m", "1h30m"; a bare 0 is zero.</summary>
internal static class Durations
{
    private static readonly (string Unit, long Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    /// <summary>Any number of milliseconds between the bounds.</summary>
    public static FieldType<TimeSpan> Between(TimeSpan minimum, TimeSpan maximum) =>
        new ScalarType<TimeSpan>("a duration such as 90s", text => InRange(Parse(text), text, minimum, maximum));

    /// <summary>Whole seconds, since that is all the wire can say.</summary>
    public static FieldType<TimeSpan> Seconds(int minimum, int maximum) => new ScalarType<TimeSpan>(
        "a duration such as 90s",
        text => InRange(Parse(text), text, TimeSpan.FromSeconds(minimum), TimeSpan.FromSeconds(maximum)) is var parsed
            && parsed.Reason is null && parsed.Value.Ticks % TimeSpan.TicksPerSecond != 0
                ? Parsed<TimeSpan>.Fail(ProblemReason.OutOfRange, $"{text} is not a whole number of seconds")
                : parsed);

    public static Parsed<TimeSpan> Parse(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        long total = 0;
        var rest = text.AsSpan();
        do
        {
            if (!TryTakePart(ref rest, out var milliseconds))
            {
                var isBareNumber = !text.AsSpan().IsEmpty && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
                return Parsed<TimeSpan>.Fail(ProblemReason.WrongType, $"a duration such as 90s, 300ms or 1h30m is wanted here, not '{text}'", isBareNumber ? text + "s" : null);
            }

            total += milliseconds;
        }
        while (!rest.IsEmpty);
        return TimeSpan.FromMilliseconds(total);
    }

    /// <summary>"90s", "1500ms": the largest unit that needs no fraction.</summary>
    public static string Format(TimeSpan duration)
    {
        var milliseconds = (long)duration.TotalMilliseconds;
        return milliseconds % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000}s")
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds}ms");
    }

    /// <summary>Takes "1h" off "1h30m". Nine digits are enough for anybody and cannot overflow.</summary>
    private static bool TryTakePart(ref ReadOnlySpan<char> rest, out long milliseconds)
    {
        milliseconds = 0;
        var digits = rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : rest.Length;
        if (digits is 0 or > 9)
        {
            return false;
        }

        var tail = rest[digits..];
        var letters = tail.IndexOfAnyExceptInRange('a', 'z') is var stop and >= 0 ? stop : tail.Length;
        foreach (var (unit, factor) in Units)
        {
            if (tail[..letters].SequenceEqual(unit))
            {
                milliseconds = long.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture) * factor;
                rest = tail[letters..];
                return true;
            }
        }

        return false;
    }

    private static Parsed<TimeSpan> InRange(Parsed<TimeSpan> parsed, string text, TimeSpan minimum, TimeSpan maximum) =>
        parsed.Reason is null && (parsed.Value < minimum || parsed.Value > maximum)
            ? Parsed<TimeSpan>.Fail(ProblemReason.OutOfRange, $"{text} is not in the range {Format(minimum)} to {Format(maximum)}")
            : parsed;
}
