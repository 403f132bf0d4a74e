using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;

namespace Fairway.Speakers;

/// <summary>One usable path of a learned route.</summary>
public sealed record LearnedPath(PeerKey Peer, string PeerName, bool IsInternal, NextHopQuery NextHop, IpAddr? LinkLocalNextHop, bool Install);

/// <summary>A learned route: the best path first, then those that share the load with it. A stale path (RFC 4724) counts as usable.</summary>
public sealed record LearnedRoute(IpPrefix Prefix, ValueList<LearnedPath> Paths);

/// <summary>A prefix whose learned route is now this, or nothing (null): withdrawn, or our own route is the best.</summary>
public readonly record struct LearnedChange(IpPrefix Prefix, LearnedRoute? Route);

/// <summary>Changes in newest state, and the families for which re-learning after a restart is complete with them.</summary>
public sealed record LearnedBatch(ImmutableArray<LearnedChange> Changes, ImmutableArray<AddressFamily> CompletedFamilies);

/// <summary>
/// What peers taught us, as dirty prefixes: nothing is queued, a prefix that changes ten times is delivered once. There is one reader.
/// At start every family is incomplete until selection has run for it (at once where nothing restarts).
/// </summary>
public interface ILearnedRoutes
{
    /// <summary>Waits for a change, then takes up to <paramref name="max"/> dirty prefixes in their newest state.</summary>
    ValueTask<LearnedBatch> DrainAsync(int max, CancellationToken cancellationToken);

    /// <summary>Looks up prefixes without taking them off the dirty set.</summary>
    ValueTask<ImmutableArray<LearnedChange>> FindAsync(IReadOnlyList<IpPrefix> prefixes, CancellationToken cancellationToken);
}
