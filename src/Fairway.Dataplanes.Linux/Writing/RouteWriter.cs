using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Writing;

/// <summary>Installs and removes routes of ours in batches, and tells each that the kernel refused.</summary>
internal sealed class RouteWriter(NetlinkRequests requests, RoutePlace place, InstalledPrefixes installed)
{
    // So few that even the answers to 256 refused requests fit into a socket's smallest default buffer.
    private const int MostInBatch = 256;
    private const int MostBytes = 32 * 1024;

    private readonly NetlinkWriter _batch = new();
    private readonly List<Request> _requests = [];
    private uint _last;

    /// <summary>Adds and changes come before removals; a refusal stops nothing.</summary>
    public List<FibFailure> Apply(IReadOnlyList<FibChange> changes, CancellationToken cancellationToken)
    {
        var failures = new List<FibFailure>();
        foreach (var change in changes)
        {
            if (change.After is { } route)
                Install(change.Prefix, route, failures, cancellationToken);
        }

        Flush(failures);
        foreach (var change in changes)
        {
            if (change is { Before: not null, After: null })
                Queue(new(change.Prefix, IsRemoval: true), Removal(change.Prefix), RouteScope.Nowhere, failures, cancellationToken);
        }

        Flush(failures);
        return failures;
    }

    /// <summary>Removes exactly these, hop by hop, so that a route of ours at the same place stays.</summary>
    public List<FibFailure> Remove(IEnumerable<RouteMessage> routes, CancellationToken cancellationToken)
    {
        var failures = new List<FibFailure>();
        foreach (var route in routes)
            Queue(new(route.Prefix, IsRemoval: true, IsStray: true), route, RouteScope.Nowhere, failures, cancellationToken);

        Flush(failures);
        return failures;
    }

    private RouteMessage Removal(IpPrefix prefix) => new(prefix, place, RouteType.Unspecified, []);

    private void Install(IpPrefix prefix, FibRoute route, List<FibFailure> failures, CancellationToken cancellationToken)
    {
        if (FindMistake(prefix, route) is { } mistake)
        {
            failures.Add(new(prefix, FibRefusal.Other, mistake));
            return;
        }

        var message = new RouteMessage(
            prefix,
            place,
            route.Kind is FibRouteKind.Unreachable ? RouteType.Unreachable : RouteType.Unicast,
            route.Hops.Select(hop => new RouteHop(hop.Gateway, hop.InterfaceIndex, hop.Weight)).ToValueList());
        Queue(new(prefix, IsRemoval: false), message, ScopeOf(route), failures, cancellationToken);
    }

    private static string? FindMistake(IpPrefix prefix, FibRoute route)
    {
        const int MostWeight = 256; // rtnh_hops holds the weight less one in 8 bits
        if (route.Kind is FibRouteKind.Unreachable)
            return null;
        if (route.Hops.IsEmpty)
            return "The route has no next hop.";
        if (route.Hops.Any(hop => hop.InterfaceIndex <= 0))
            return "A next hop has no interface.";
        if (route.Hops.Any(hop => hop.Weight is < 1 or > MostWeight))
            return $"A next hop's weight is not between 1 and {MostWeight}.";

        return route.Hops.Any(hop => hop.Gateway is { } gateway && gateway.IsIPv6 != prefix.IsIPv6)
            ? "A next hop of the other address family is not supported."
            : null;
    }

    // A gateway is beyond the link, a destination without one is on it; IPv6 knows no scopes of routes.
    private static RouteScope ScopeOf(FibRoute route) =>
        route.Kind is FibRouteKind.Unicast && route.Hops.All(hop => hop.Gateway is null) ? RouteScope.Link : RouteScope.Universe;

    private void Queue(Request request, RouteMessage route, RouteScope scope, List<FibFailure> failures, CancellationToken cancellationToken)
    {
        _last = requests.NextSequence();
        _batch.Begin(request.IsRemoval ? NetlinkType.DeleteRoute : NetlinkType.NewRoute, FlagsOf(request), _last);
        RouteCodec.Encode(_batch, route, scope);
        _batch.End();
        _requests.Add(request);
        if (_requests.Count < MostInBatch && _batch.Length < MostBytes)
            return;

        Flush(failures);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private NetlinkFlags FlagsOf(Request request)
    {
        if (request.IsRemoval)
            return NetlinkFlags.Request;

        // Design D7: over what is not known as ours nothing is ever written.
        var how = installed.Contains(request.Prefix) ? NetlinkFlags.Replace : NetlinkFlags.Exclusive;
        return NetlinkFlags.Request | NetlinkFlags.Create | how;
    }

    private void Flush(List<FibFailure> failures)
    {
        if (_requests.Count == 0)
            return;

        try
        {
            var first = _last - (uint)_requests.Count + 1;
            var answers = new Dictionary<uint, NetlinkError>();
            _batch.AskForAck();
            requests.Exchange(_batch, first, _last, (sequence, error) => answers[sequence] = error);
            for (var index = 0; index < _requests.Count; index++)
                Settle(_requests[index], answers.GetValueOrDefault(first + (uint)index), failures);
        }
        finally
        {
            _requests.Clear();
            _batch.Clear();
        }
    }

    private void Settle(Request request, NetlinkError error, List<FibFailure> failures)
    {
        // What is not there needs no removal.
        var isDone = error.Code is Errno.None || (request.IsRemoval && error.Code is Errno.NoSuchProcess);
        if (!isDone)
            failures.Add(new(request.Prefix, Classify(error), error.ToString()));
        else if (!request.IsRemoval)
            installed.Add(request.Prefix);
        else if (!request.IsStray)
            installed.Remove(request.Prefix);
    }

    private static FibRefusal Classify(NetlinkError error) => error.Code switch
    {
        Errno.Exists => FibRefusal.Conflict,
        Errno.NetworkUnreachable or Errno.HostUnreachable or Errno.NetworkDown or Errno.NoDevice => FibRefusal.Unreachable,

        // The kernel's word for a gateway that is not on the link, net/ipv4/fib_semantics.c and net/ipv6/route.c.
        Errno.Invalid when error.Text.Contains("gateway", StringComparison.OrdinalIgnoreCase) => FibRefusal.Unreachable,
        _ => FibRefusal.Other,
    };

    /// <summary>What a message of the batch was for. A stray is a route of ours away from our place.</summary>
    private readonly record struct Request(IpPrefix Prefix, bool IsRemoval, bool IsStray = false);
}
