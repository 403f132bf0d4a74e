namespace Fairway.Agent.Loop;

/// <summary>What calls for a look. A signal carries no data: the handler takes the newest state.</summary>
[Flags]
internal enum AgentSignal
{
    None = 0,

    /// <summary>Documents changed.</summary>
    Documents = 1,

    /// <summary>A retry, an audit or a save is due.</summary>
    Due = 2,

    /// <summary>A session came, went or changed its state.</summary>
    Peers = 4,

    /// <summary>What is learned changed, for wishes that depend on it.</summary>
    Learned = 8,
}

/// <summary>Signals that wait for the loop: raising one twice is raising it once, so there is no queue that could grow.</summary>
internal sealed class AgentSignals : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);
    private int _pending;

    public void Raise(AgentSignal signal)
    {
        if (Interlocked.Or(ref _pending, (int)signal) == 0)
        {
            _raised.Release();
        }
    }

    /// <summary>Waits for at least one signal and takes all.</summary>
    public async Task<AgentSignal> TakeAsync(CancellationToken cancellationToken)
    {
        await _raised.WaitAsync(cancellationToken);
        return (AgentSignal)Interlocked.Exchange(ref _pending, 0);
    }

    public void Dispose() => _raised.Dispose();
}
