namespace Fairway.Speakers.Native;

/// <summary>Sockets on their way out, which nobody has to wait for but the end.</summary>
internal sealed class ClosingSockets
{
    private readonly Lock _lock = new();
    private readonly List<Task> _tasks = [];

    public void Add(Task closing)
    {
        lock (_lock)
        {
            _tasks.RemoveAll(task => task.IsCompleted);
            _tasks.Add(closing);
        }
    }

    public Task WhenAllAsync()
    {
        lock (_lock)
        {
            return Task.WhenAll(_tasks);
        }
    }
}
