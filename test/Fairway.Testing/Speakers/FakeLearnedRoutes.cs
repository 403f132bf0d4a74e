using System.Collections.Immutable;
using System.Threading.Channels;
using Fairway.Net;
using Fairway.Speakers;

namespace Fairway.Testing.Speakers;

/// <summary>Learned routes that the test dictates; delivered as dirty prefixes in newest state, like a RIB does.</summary>
public sealed class FakeLearnedRoutes : ILearnedRoutes
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<IpPrefix, LearnedRoute> _routes = [];
    private readonly SortedSet<IpPrefix> _dirty = [];
    private readonly List<AddressFamily> _completed = [];

    public void Learn(LearnedRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        lock (_lock)
        {
            _routes[route.Prefix] = route;
            _dirty.Add(route.Prefix);
        }

        _signal.Writer.TryWrite(true);
    }

    public void Withdraw(IpPrefix prefix)
    {
        lock (_lock)
        {
            _routes.Remove(prefix);
            _dirty.Add(prefix);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Says that re-learning of the families is complete, with the batch that takes the last dirty prefix.</summary>
    public void Complete(params ReadOnlySpan<AddressFamily> families)
    {
        lock (_lock)
        {
            _completed.AddRange(families);
        }

        _signal.Writer.TryWrite(true);
    }

    public async ValueTask<LearnedBatch> DrainAsync(int max, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.Reader.ReadAsync(cancellationToken);
            lock (_lock)
            {
                if (_dirty.Count > 0 || _completed.Count > 0)
                {
                    return Take(max);
                }
            }
        }
    }

    public ValueTask<ImmutableArray<LearnedChange>> FindAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(prefixes.Select(ChangeOf).ToImmutableArray());
        }
    }

    private LearnedBatch Take(int max)
    {
        var taken = _dirty.Take(max).ToList();
        _dirty.ExceptWith(taken);
        if (_dirty.Count > 0)
        {
            _signal.Writer.TryWrite(true);
            return new LearnedBatch([.. taken.Select(ChangeOf)], []);
        }

        var batch = new LearnedBatch([.. taken.Select(ChangeOf)], [.. _completed]);
        _completed.Clear();
        return batch;
    }

    private LearnedChange ChangeOf(IpPrefix prefix) => new(prefix, _routes.GetValueOrDefault(prefix));
}
