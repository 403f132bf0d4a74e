using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Server;

/// <summary>Why and when a call ends early: the caller, the deadline or the server's stop.</summary>
internal sealed class GrpcCallLifetime : IDisposable
{
    private readonly CancellationToken stopping;
    private readonly CancellationTokenSource expired;
    private readonly CancellationTokenSource ended;

    public GrpcCallLifetime(TimeSpan? timeout, TimeProvider timeProvider, CancellationToken aborted, CancellationToken stopping)
    {
        this.stopping = stopping;
        Deadline = DeadlineAfter(timeout, timeProvider.GetUtcNow());
        expired = GrpcTimeout.Start(timeout, timeProvider);
        ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping, expired.Token);
    }

    public DateTimeOffset? Deadline { get; }

    public CancellationToken Token => ended.Token;

    /// <summary>What a cancelled call is answered with.</summary>
    public GrpcStatus Status
    {
        get
        {
            if (expired.IsCancellationRequested)
                return new(GrpcStatusCode.DeadlineExceeded, "the deadline has passed");
            return stopping.IsCancellationRequested
                ? new(GrpcStatusCode.Unavailable, "the server is stopping")
                : new(GrpcStatusCode.Cancelled, "the call was cancelled");
        }
    }

    public void Dispose()
    {
        ended.Dispose();
        expired.Dispose();
    }

    private static DateTimeOffset? DeadlineAfter(TimeSpan? timeout, DateTimeOffset now)
    {
        if (timeout is not { } limit)
            return null;
        return limit < DateTimeOffset.MaxValue - now ? now + limit : DateTimeOffset.MaxValue;
    }
}
