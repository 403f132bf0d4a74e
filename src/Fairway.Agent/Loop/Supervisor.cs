using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Fairway.Agent.Loop;

/// <summary>Runs the agent's loops: one that fails is logged and started again, later each time; forwarding is untouched meanwhile.</summary>
internal sealed class Supervisor(TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly List<Task> _loops = [];

    public void Start(string name, Func<CancellationToken, Task> loop, CancellationToken cancellationToken) =>
        _loops.Add(Task.Run(() => RunAsync(name, loop, cancellationToken), CancellationToken.None));

    /// <summary>Completes when every loop has ended after cancellation.</summary>
    public Task WhenAllEnded() => Task.WhenAll(_loops);

    [SuppressMessage("Design", "CA1031", Justification = "whatever a loop throws is our mistake, and must not take the others with it")]
    private async Task RunAsync(string name, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await loop(cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                Log.LoopFailed(logger, name, pause.TotalSeconds, error);
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
