namespace Fairway.Grpc.Tests;

internal static class TestTimeouts
{
    /// <summary>A test that hangs fails instead.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static Task OrHang(this Task task) => task.WaitAsync(Hang);

    public static Task<T> OrHang<T>(this Task<T> task) => task.WaitAsync(Hang);

    /// <summary>Ends when the token is cancelled.</summary>
    public static async Task CancelledAsync(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => cancelled.TrySetResult());
        await cancelled.Task.OrHang();
    }
}
