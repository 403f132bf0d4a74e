using System.Collections;
using System.Globalization;
using Fairway.Net.Policies;

namespace Fairway.Reconciliation.Plans;

/// <summary>Values as a document would write them.</summary>
internal static class OptionText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        TimeSpan time => OfTime(time),
        Enum name => Camel(name.ToString()),
        RoutePolicy policy => policy.Name,
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Of)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string OfTime(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms");

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
