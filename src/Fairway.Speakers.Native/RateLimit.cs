namespace Fairway.Speakers.Native;

/// <summary>Lets one log line through per minute and counts those it held back. Safe from any thread.</summary>
internal sealed class RateLimit(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private long? _last;
    private int _heldBack;

    /// <summary>True when a line may be written now; <paramref name="heldBack"/> tells how many were not since the last one.</summary>
    public bool TryPass(out int heldBack)
    {
        lock (_lock)
        {
            heldBack = _heldBack;
            if (_last is { } last && time.GetElapsedTime(last) < Window)
            {
                _heldBack++;
                return false;
            }

            _last = time.GetTimestamp();
            _heldBack = 0;
            return true;
        }
    }
}
