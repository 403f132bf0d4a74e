namespace Fairway.Grpc.Server;

/// <summary>Counts the calls whose handlers run.</summary>
internal sealed class ActiveCalls
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource? none;

    public void Begin()
    {
        lock (gate)
            count++;
    }

    public void End()
    {
        lock (gate)
        {
            if (--count == 0)
                none?.TrySetResult();
        }
    }

    /// <summary>Ends at the first moment without a call.</summary>
    public Task NoneAsync()
    {
        lock (gate)
        {
            none ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (count == 0)
                none.TrySetResult();
            return none.Task;
        }
    }
}
