using System.Collections.Immutable;
using System.Threading.Channels;
using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Policies;

namespace Fairway.Speakers.Native.Rib;

/// <summary>
/// The one reader's side of the learned routes. When the instance changes its AS, new tables replace the old: the old ones, emptied of their
/// peers, are drained to their last withdrawal before the new ones are read.
/// </summary>
internal sealed class LearnedRoutes : ILearnedRoutes, IAsyncDisposable
{
    private static readonly LearnedBatch Nothing = new([], []);
    private readonly Pulse _waits = new();
    private readonly Lock _lock = new();
    private readonly Queue<RibLoop> _loops = new();

    public void Wake() => _waits.Set();

    public void Add(RibLoop loop)
    {
        lock (_lock)
        {
            _loops.Enqueue(loop);
        }

        Wake();
    }

    public async ValueTask<LearnedBatch> DrainAsync(int max, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (First() is { } loop)
            {
                var (batch, isEmpty) = await TakeAsync(loop, max, cancellationToken).ConfigureAwait(false);
                if (!batch.Changes.IsEmpty || !batch.CompletedFamilies.IsEmpty)
                {
                    return batch;
                }

                if (isEmpty && await RetireAsync(loop).ConfigureAwait(false))
                {
                    continue;
                }
            }

            await _waits.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<ImmutableArray<LearnedChange>> FindAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        return Last() is { } loop
            ? await loop.AskAsync<ImmutableArray<LearnedChange>>(rib => [.. prefixes.Select(prefix => Change(rib.FindLearned(prefix)))], cancellationToken)
                .ConfigureAwait(false)
            : [.. prefixes.Select(prefix => new LearnedChange(prefix, null))];
    }

    /// <summary>Ends all tables; a reader then waits until it is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        List<RibLoop> loops;
        lock (_lock)
        {
            loops = [.. _loops];
            _loops.Clear();
        }

        foreach (var loop in loops)
        {
            await loop.DisposeAsync().ConfigureAwait(false);
        }
    }

    private RibLoop? First()
    {
        lock (_lock)
        {
            return _loops.TryPeek(out var loop) ? loop : null;
        }
    }

    private RibLoop? Last()
    {
        lock (_lock)
        {
            return _loops.LastOrDefault();
        }
    }

    private static async ValueTask<(LearnedBatch Batch, bool IsEmpty)> TakeAsync(RibLoop loop, int max, CancellationToken cancellationToken)
    {
        try
        {
            return await loop.AskAsync(rib => Take(rib, loop, max), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            return (Nothing, false); // the speaker has stopped: nothing more is news
        }
    }

    private static (LearnedBatch Batch, bool IsEmpty) Take(BgpRib rib, RibLoop loop, int max)
    {
        var taken = new List<RibLearned>();
        if (loop.IsFrozen)
        {
            return (Nothing, false);
        }

        rib.DrainLearned(max, taken);
        ImmutableArray<AddressFamily> completed = [.. loop.Restart.TakeCompleted(rib)];
        return (new LearnedBatch([.. taken.Select(Change)], completed), !rib.HasLearned && !rib.HasWork);
    }

    /// <summary>Leaves tables that were replaced and are drained; false while they are the newest.</summary>
    private async ValueTask<bool> RetireAsync(RibLoop loop)
    {
        lock (_lock)
        {
            if (_loops.Count < 2)
            {
                return false;
            }

            _loops.Dequeue();
        }

        await loop.DisposeAsync().ConfigureAwait(false);
        return true;
    }

    private static LearnedChange Change(RibLearned learned) =>
        new(learned.Prefix, learned.Paths.IsEmpty ? null : new LearnedRoute(learned.Prefix, [.. learned.Paths.Select(Path)]));

    private static LearnedPath Path(RibLearnedPath path) =>
        new(
            path.Peer.Options.Key,
            path.Peer.Options.Name,
            path.Peer.Options.Type is PeerType.Internal,
            path.NextHop,
            path.LinkLocalNextHop,
            path.Install);
}
