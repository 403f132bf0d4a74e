namespace Fairway.Dataplanes.Linux;

/// <summary>Which routes are ours: those of our protocol wherever they stand, and those at the exact place of an earlier configuration.</summary>
internal sealed class Ownership(RoutePlace current, RoutePlace? previous)
{
    public RoutePlace Current { get; } = current;

    /// <summary>Null as soon as nothing is left there.</summary>
    public RoutePlace? Previous { get; private set; } = previous;

    public bool IsOurs(RoutePlace place) => place.Protocol == Current.Protocol || place == Previous;

    public void ForgetPrevious() => Previous = null;
}
