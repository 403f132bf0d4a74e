using System.Globalization;

namespace Fairway.Grpc.Wire;

/// <summary>The header <c>grpc-timeout</c>: at most eight digits and a unit (grpc/doc/PROTOCOL-HTTP2.md, "Requests").</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;
    private const long MaxValue = 99_999_999;

    /// <summary>The longest that a timer takes: 49 days. Beyond it a deadline is not watched.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('u', TimeSpan.TicksPerMicrosecond),
        ('m', TimeSpan.TicksPerMillisecond),
        ('S', TimeSpan.TicksPerSecond),
        ('M', TimeSpan.TicksPerMinute),
        ('H', TimeSpan.TicksPerHour),
    ];

    /// <summary>The finest unit that fits, rounded up so that the server never gives up before the client.</summary>
    public static string Encode(TimeSpan timeout)
    {
        var ticks = Math.Max(timeout.Ticks, 0);
        foreach (var (unit, ticksPerUnit) in Units)
        {
            var value = (ticks / ticksPerUnit) + (ticks % ticksPerUnit == 0 ? 0 : 1);
            if (value <= MaxValue)
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{MaxValue}H");
    }

    /// <summary>Cancelled when the time is over; null never is.</summary>
    public static CancellationTokenSource Start(TimeSpan? timeout, TimeProvider timeProvider)
    {
        if (timeout is not { } limit || limit > MaxDelay)
            return new CancellationTokenSource();
        return new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, timeProvider);
    }

    public static bool TryDecode(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > MaxDigits + 1
            || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;

        if (text[^1] == 'n')
        {
            timeout = TimeSpan.FromTicks(value / TimeSpan.NanosecondsPerTick);
            return true;
        }

        foreach (var (unit, ticksPerUnit) in Units)
        {
            if (unit != text[^1])
                continue;
            timeout = TimeSpan.FromTicks(value * ticksPerUnit);
            return true;
        }

        return false;
    }
}
