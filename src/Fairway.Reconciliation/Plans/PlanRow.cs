using System.Collections.Immutable;
using Fairway.Speakers;

namespace Fairway.Reconciliation.Plans;

/// <summary>What a plan does with an object.</summary>
public enum PlanAction
{
    Add,
    Change,
    Remove,
}

/// <summary>One changed field; absent values are empty, secrets never show.</summary>
public sealed record PlanField(string Path, string From, string To);

/// <summary>One line of <c>fairway plan</c>. <see cref="Fields"/> is empty for what is added or removed as a whole.</summary>
public sealed record PlanRow
{
    public required PlanAction Action { get; init; }

    /// <summary>"speaker".</summary>
    public required string Layer { get; init; }

    /// <summary>"BgpInstance", "BgpPeer" or "Advertisement".</summary>
    public required string Kind { get; init; }

    public required string Object { get; init; }

    /// <summary>Empty where nobody wishes for the object any more and nobody is known to have.</summary>
    public required string Owner { get; init; }

    public required ChangeImpact Impact { get; init; }

    public ImmutableArray<PlanField> Fields { get; init; } = [];
}
