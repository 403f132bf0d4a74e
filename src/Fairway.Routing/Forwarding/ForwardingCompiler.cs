using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Speakers;

namespace Fairway.Routing.Forwarding;

/// <summary>Turns a learned route into a route to install, or says why not.</summary>
public static class ForwardingCompiler
{
    public static ForwardingDecision Compile(LearnedRoute route, INextHopResolver resolver, Protection protection)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(protection);
        var paths = route.Paths.Where(path => path.Install).ToList();
        if (paths.Count == 0)
        {
            return ForwardingDecision.No(NotInstalledReason.LearnedInstallOff, $"learned.install of {route.Paths[0].PeerName} is false");
        }

        if (protection.Check(route.Prefix) is { } refusal)
        {
            return refusal;
        }

        var answers = paths.Select(path => Resolve(path, route.Prefix, resolver)).ToList();
        if (!answers.Exists(answer => answer.IsReachable))
        {
            return ForwardingDecision.No(NotInstalledReason.NextHopUnreachable, $"{paths[0].NextHop.Address}: {answers[0].Reason}");
        }

        var hops = HopsOf(answers);
        return hops.IsEmpty
            ? ForwardingDecision.No(NotInstalledReason.NextHopIsLocal, $"{paths[0].NextHop.Address} is on this host")
            : new ForwardingDecision(new FibRoute(route.Prefix, FibRouteKind.Unicast, hops));
    }

    /// <summary>The unreachable route beside an aggregate of ours, under the same protection.</summary>
    public static ForwardingDecision CompileBlackhole(IpPrefix prefix, Protection protection)
    {
        ArgumentNullException.ThrowIfNull(protection);
        return protection.Check(prefix) ?? new ForwardingDecision(new FibRoute(prefix, FibRouteKind.Unreachable, []));
    }

    /// <summary>The questions on which the forwarding of a path depends.</summary>
    public static IEnumerable<NextHopQuery> QueriesOf(LearnedPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        yield return path.NextHop;
        if (LinkLocal(path) is { } linkLocal)
        {
            yield return linkLocal;
        }
    }

    // RFC 2545 §3: the link-local half is the way where the global address is not on a link that we share.
    private static NextHopResolution Resolve(LearnedPath path, IpPrefix prefix, INextHopResolver resolver)
    {
        var answer = resolver.Resolve(path.NextHop, prefix);
        return !answer.IsReachable && LinkLocal(path) is { } linkLocal ? resolver.Resolve(linkLocal, prefix) : answer;
    }

    private static NextHopQuery? LinkLocal(LearnedPath path) =>
        path is { LinkLocalNextHop: { } address, NextHop.Interface: not null } ? path.NextHop with { Address = address } : null;

    // One path shares the resolver's list, so that a full table does not hold it once a prefix.
    private static ValueList<ResolvedHop> HopsOf(List<NextHopResolution> answers) => answers.Count == 1
        ? answers[0].Hops
        : answers.Where(answer => answer.IsReachable)
            .SelectMany(answer => answer.Hops)
            .Select(hop => hop with { Weight = 1 })
            .Distinct()
            .InHopOrder();
}
