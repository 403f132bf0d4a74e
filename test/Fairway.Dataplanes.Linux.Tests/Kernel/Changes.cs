using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Testing.Time;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

/// <summary>Builds routes and steps, and carries them out.</summary>
internal static class Changes
{
    public static FibRoute Unicast(string prefix, params ResolvedHop[] hops) => new(IpPrefix.Parse(prefix), FibRouteKind.Unicast, [.. hops]);

    public static FibRoute Unreachable(string prefix) => new(IpPrefix.Parse(prefix), FibRouteKind.Unreachable, []);

    public static async Task<FibFailure[]> InstallAsync(this IDataplane dataplane, params FibRoute[] routes) =>
        [.. await dataplane.ApplyAsync([.. routes.Select(route => new FibChange(route.Prefix, null, route))], CancellationToken.None)];

    public static async Task<FibFailure[]> RemoveAsync(this IDataplane dataplane, params FibRoute[] routes) =>
        [.. await dataplane.ApplyAsync([.. routes.Select(route => new FibChange(route.Prefix, route, null))], CancellationToken.None)];

    public static async Task<FibRoute[]> ReadRoutesAsync(this IDataplane dataplane) =>
        [.. (await dataplane.ReadAsync(CancellationToken.None)).Routes.Values.OrderBy(route => route.Prefix)];

    /// <summary>Waits until a signal with all of these bits comes; the test fails if none does in time.</summary>
    public static async Task WaitForAsync(this IDataplane dataplane, DataplaneSignal wanted)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        while (!(await dataplane.WaitForChangeAsync(limit.Token)).HasFlag(wanted))
        {
        }
    }

    /// <summary>Signals until the view is as wanted; it must be so by the time of a signal, without a read.</summary>
    public static async Task WaitForViewAsync(this IDataplane dataplane, Func<KernelView, bool> isAsWanted)
    {
        using var limit = new CancellationTokenSource(Eventually.Patience);
        do
        {
            while (!(await dataplane.WaitForChangeAsync(limit.Token)).HasFlag(DataplaneSignal.View))
            {
            }
        }
        while (!isAsWanted(dataplane.View));
    }
}
