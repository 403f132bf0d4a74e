using System.Diagnostics;

namespace Fairway.Interop.Rig;

/// <summary>Waits for a condition by looking again and again; on timeout it tells what it saw last.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Repeats the assertions until none throws; the last exception is the last seen state.</summary>
    public static async Task Passes(Action assertions, string what, TimeSpan? timeout = null)
    {
        var limit = timeout ?? Patience;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                assertions();
                return;
            }
            catch (Exception last) when (last is not MissingToolException)
            {
                if (clock.Elapsed > limit)
                    Assert.Fail($"not within {limit.TotalSeconds:0} s: {what}\nlast seen: {last.Message}");
            }
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until what is read equals what is expected (sequences item by item) and returns it.</summary>
    public static async Task<T> Equal<T>(T expected, Func<T> read, string what, TimeSpan? timeout = null)
    {
        var seen = expected;
        await Passes(() => Assert.Equal(expected, seen = read()), what, timeout);
        return seen;
    }

    /// <summary>Waits for a condition; <paramref name="state"/> describes what there is while it does not hold.</summary>
    public static Task True(Func<bool> condition, string what, Func<string>? state = null, TimeSpan? timeout = null)
        => Passes(() => Assert.True(condition(), state?.Invoke() ?? "the condition does not hold"), what, timeout);
}
