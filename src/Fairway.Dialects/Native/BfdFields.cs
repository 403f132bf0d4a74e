using Fairway.Dialects.Schema;

namespace Fairway.Dialects.Native;

/// <summary>The timers of a BFD session (RFC 5880 §6.8.1).</summary>
internal static class BfdFields
{
    private static readonly FieldType<TimeSpan> Interval = Durations.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));

    public static readonly IReadOnlyList<Field> Timers =
    [
        new Field<TimeSpan>("receive", Interval),
        new Field<TimeSpan>("transmit", Interval),
        new Field<int>("multiplier", Types.Count(1, 255)),
    ];
}
