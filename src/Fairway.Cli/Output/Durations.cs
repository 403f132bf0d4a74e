using System.Globalization;

namespace Fairway.Cli.Output;

/// <summary>Durations as routers show them.</summary>
internal static class Durations
{
    /// <summary>"42s", "5m12s", "3h04m", "2d03h".</summary>
    public static string Short(uint seconds) => seconds switch
    {
        < 60 => Format($"{seconds}s"),
        < 3600 => Format($"{seconds / 60}m{seconds % 60:00}s"),
        < 86400 => Format($"{seconds / 3600}h{seconds / 60 % 60:00}m"),
        _ => Format($"{seconds / 86400}d{seconds / 3600 % 24:00}h"),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
