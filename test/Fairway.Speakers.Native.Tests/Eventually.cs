namespace Fairway.Speakers.Native.Tests;

/// <summary>Waits for a condition, and fails with what was last seen when it does not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task Holds(Func<bool> condition, string what) => Holds(() => ValueTask.FromResult(condition()), what);

    public static async Task Holds(Func<ValueTask<bool>> condition, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < Patience, $"never: {what}");
            await Task.Delay(20);
        }
    }

    public static async Task<T> Within<T>(Task<T> task) => await task.WaitAsync(Patience);

    public static async Task Within(Task task) => await task.WaitAsync(Patience);
}
