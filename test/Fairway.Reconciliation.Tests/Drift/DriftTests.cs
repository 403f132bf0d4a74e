using Fairway.Reconciliation.Drift;
using Fairway.Testing.Time;

namespace Fairway.Reconciliation.Tests.Drift;

public sealed class DriftTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void An_open_item_keeps_since_when_it_is_open_and_shows_the_newest_observation()
    {
        var log = new DriftLog(_time);
        var since = _time.GetUtcNow();
        log.Open("dataplane", "203.0.113.0/24", "via 192.0.2.2 dev eth0", "absent");
        _time.Advance(TimeSpan.FromMinutes(5));
        log.Open("dataplane", "203.0.113.0/24", "via 192.0.2.2 dev eth0", "unreachable");

        var item = Assert.Single(log.Snapshot());

        Assert.Equal((since, "unreachable", false), (item.Since, item.Observed, item.Repaired));
    }

    [Fact]
    public void The_last_thousand_repaired_items_stay_listed_the_newest_first()
    {
        var log = new DriftLog(_time);
        for (var number = 0; number < DriftLog.RepairedKept + 5; number++)
        {
            log.Open("speaker", $"peer {number}", "present", "absent");
            log.Close("speaker", $"peer {number}");
        }

        var items = log.Snapshot();

        Assert.Equal(DriftLog.RepairedKept, items.Length);
        Assert.All(items, item => Assert.True(item.Repaired));
        Assert.Equal(("peer 1004", "peer 5"), (items[0].Object, items[^1].Object));
        Assert.Equal(0, log.OpenCount);
    }

    [Fact]
    public void Closing_what_is_not_open_lists_nothing()
    {
        var log = new DriftLog(_time);

        log.Close("speaker", "peer 1");

        Assert.Empty(log.Snapshot());
    }

    [Theory]
    [InlineData(0.1, 30)] // never less than the interval
    [InlineData(2, 40)] // and twenty times as long as the last look took
    public async Task The_next_audit_waits_for_the_interval_and_twenty_times_the_last_ones_duration(double took, double pause)
    {
        var audits = new AuditSchedule(_time, TimeSpan.FromSeconds(30));
        Assert.False(audits.IsDue);

        await audits.RunAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(took));
            return ValueTask.CompletedTask;
        });

        Assert.Equal(_time.GetUtcNow().AddSeconds(pause), audits.Due);
    }

    [Theory]
    [InlineData(new[] { 0, 30, 60 }, true)]
    [InlineData(new[] { 0, 30, 61 }, false)]
    [InlineData(new[] { 0, 1, 2 }, true)]
    [InlineData(new[] { 0, 1 }, false)]
    public void Three_times_in_a_minute_is_contested(int[] seconds, bool expected)
    {
        var contests = new ContestWatch<string>(_time);
        var start = _time.GetUtcNow();
        foreach (var second in seconds)
        {
            _time.Advance(start.AddSeconds(second) - _time.GetUtcNow());
            contests.Undone("x");
        }

        Assert.Equal(expected, contests.IsContested("x"));
        contests.Settle("x");
        Assert.False(contests.IsContested("x"));
        Assert.False(contests.Undone("x"));
    }
}
