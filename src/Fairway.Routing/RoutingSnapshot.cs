using System.Collections.Immutable;
using Fairway.Net;

namespace Fairway.Routing;

/// <summary>Routing in numbers, published after each step. Single prefixes are looked up with <see cref="RoutingHandler.Find"/>.</summary>
public sealed record RoutingSnapshot
{
    /// <summary>The dataplane was read.</summary>
    public bool IsStarted { get; init; }

    public int Learned { get; init; }

    /// <summary>Routes in the forwarding table as decided.</summary>
    public int Installed { get; init; }

    /// <summary>Routes that the dataplane refused.</summary>
    public int Refused { get; init; }

    /// <summary>Families whose routes of an earlier run are still kept, because re-learning is not complete.</summary>
    public ImmutableArray<AddressFamily> Restarting { get; init; } = [];
}
