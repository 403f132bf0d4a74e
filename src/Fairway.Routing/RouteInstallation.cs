using Fairway.Dataplanes;
using Fairway.Routing.Forwarding;

namespace Fairway.Routing;

/// <summary>Whether a prefix is in the forwarding table as decided; else <see cref="Reason"/> says why not, with details for people.</summary>
public sealed record RouteInstallation(bool IsInstalled, FibRoute? Route, NotInstalledReason Reason, string? Detail)
{
    internal static RouteInstallation Of(RouteEntry? entry) => entry switch
    {
        null => new(false, null, NotInstalledReason.NotLearned, null),
        { IsInstalled: true } => new(true, entry.Applied, NotInstalledReason.None, null),
        { Drift: EntryDrift.Contested } => new(false, entry.Desired, NotInstalledReason.Contested, "somebody keeps changing or removing the route"),
        { Drift: EntryDrift.Reported } => new(false, entry.Desired, NotInstalledReason.Drifted, "changed or removed by somebody else"),
        { Failure: { } failure } => new(false, entry.Desired, ReasonOf(failure.Refusal), failure.Reason),
        { Desired: { } route } => new(false, route, NotInstalledReason.Pending, null),
        { Decision.Reason: NotInstalledReason.None } => new(false, null, NotInstalledReason.NotLearned, null),
        _ => new(false, null, entry.Decision.Reason, entry.Decision.Detail),
    };

    private static NotInstalledReason ReasonOf(FibRefusal refusal) => refusal is FibRefusal.Conflict ? NotInstalledReason.Conflict : NotInstalledReason.Refused;
}
