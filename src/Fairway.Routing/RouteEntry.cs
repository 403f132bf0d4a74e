using Fairway.Dataplanes;
using Fairway.Routing.Forwarding;
using Fairway.Speakers;

namespace Fairway.Routing;

/// <summary>How a route that was not as we left it is treated.</summary>
internal enum EntryDrift
{
    None,

    /// <summary>Being put right.</summary>
    Repairing,

    /// <summary>Only told, as the drift policy says.</summary>
    Reported,

    /// <summary>Somebody keeps undoing it: left alone until the wish changes or the other gives in.</summary>
    Contested,
}

/// <summary>Everything known of one prefix: an immutable value that its owner, the routing loop, replaces.</summary>
internal sealed record RouteEntry
{
    public static readonly RouteEntry Empty = new();

    /// <summary>What peers taught us; null: nothing, or our own route is the best.</summary>
    public LearnedRoute? Learned { get; init; }

    /// <summary>An advertisement of ours wants an unreachable route here.</summary>
    public bool Blackhole { get; init; }

    public ForwardingDecision Decision { get; init; }

    /// <summary>What we last put into the dataplane, or saw there.</summary>
    public FibRoute? Applied { get; init; }

    /// <summary>Found at start and not yet wished for again: not removed before re-learning is complete.</summary>
    public bool IsLeftover { get; init; }

    /// <summary>Why the dataplane refused <see cref="Refused"/>.</summary>
    public FibFailure? Failure { get; init; }

    /// <summary>The route, or with null its removal, that was refused.</summary>
    public FibRoute? Refused { get; init; }

    public EntryDrift Drift { get; init; }

    public FibRoute? Desired => Decision.Route;

    public bool IsInstalled => Desired is not null && Applied == Desired;

    /// <summary>Nothing to remember.</summary>
    public bool IsVoid => Learned is null && !Blackhole && Applied is null && Drift is EntryDrift.None;
}
