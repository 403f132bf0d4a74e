using System.Collections.Immutable;
using Fairway.Net;

namespace Fairway.Dataplanes;

/// <summary>Something that forwards packets. Only our routes are ever changed.</summary>
public interface IDataplane : IAsyncDisposable
{
    /// <summary>"linux", "vpp" or "none".</summary>
    string Kind { get; }

    /// <summary>The newest snapshot of links and foreign routes.</summary>
    KernelView View { get; }

    /// <summary>Reads our routes and refreshes <see cref="View"/>.</summary>
    ValueTask<FibObservation> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Carries out changes in batches, removals last; tells only what was refused.</summary>
    ValueTask<ImmutableArray<FibFailure>> ApplyAsync(IReadOnlyList<FibChange> changes, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what the last read counted as <see cref="FibObservation.Duplicates"/>. Call it once the wished routes are in place, so that
    /// routes move from an earlier configuration to this one without a gap.
    /// </summary>
    ValueTask<ImmutableArray<FibFailure>> RemoveDuplicatesAsync(CancellationToken cancellationToken);

    /// <summary>Waits until links, addresses or routes changed in a way that calls for a look (also when messages were lost).</summary>
    ValueTask<DataplaneSignal> WaitForChangeAsync(CancellationToken cancellationToken);
}

/// <summary>Our routes as they are. <see cref="Duplicates"/> are ours beside them that must go (another metric or table of an earlier configuration).</summary>
public sealed record FibObservation(ImmutableDictionary<IpPrefix, FibRoute> Routes, int Duplicates);

/// <summary>What calls for a look.</summary>
[Flags]
public enum DataplaneSignal
{
    None = 0,

    /// <summary>Links, addresses or foreign routes: <see cref="IDataplane.View"/> is already new.</summary>
    View = 1,

    /// <summary>Somebody else changed or removed a route of ours, or messages were lost: read again.</summary>
    Routes = 2,
}
