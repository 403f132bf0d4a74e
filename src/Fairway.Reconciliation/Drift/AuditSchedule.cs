namespace Fairway.Reconciliation.Drift;

/// <summary>When to look at everything again: after the interval, and after twenty times as long as the last look took. Owned by one loop.</summary>
public sealed class AuditSchedule(TimeProvider time, TimeSpan interval)
{
    private const int PausePerDuration = 20;

    public DateTimeOffset Due { get; private set; } = time.GetUtcNow() + interval;

    public bool IsDue => time.GetUtcNow() >= Due;

    public async ValueTask RunAsync(Func<ValueTask> audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var start = time.GetTimestamp();
        try
        {
            await audit();
        }
        finally
        {
            var pause = time.GetElapsedTime(start) * PausePerDuration;
            Due = time.GetUtcNow() + (pause > interval ? pause : interval);
        }
    }
}
