namespace Fairway.Testing.Time;

/// <summary>Waits for conditions that other tasks bring about, never for a fixed time.</summary>
public static class Eventually
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Polls until the condition holds; fails the test with <paramref name="what"/> when it does not in <see cref="Patience"/>.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"did not happen: {what}");
            await Task.Delay(5);
        }
    }

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task HoldsAsync(Func<ValueTask<bool>> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"did not happen: {what}");
            await Task.Delay(5);
        }
    }
}
