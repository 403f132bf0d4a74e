using Fairway.Dataplanes;
using Fairway.Net;

namespace Fairway.Routing.Forwarding;

/// <summary>
/// What is never installed unless it is listed (design D7): default routes, what is equal to or inside a connected subnet, and what would
/// become the longest match for a session's address. Also the prefixes that the operator excludes. Immutable.
/// </summary>
public sealed class Protection
{
    private readonly HashSet<IpPrefix> _allowed;
    private readonly PrefixMap<bool> _excluded = new();
    private readonly PrefixMap<string> _connected = new();
    private readonly Dictionary<IpPrefix, IpAddr> _waysToPeers = [];

    public Protection(RoutingOptions options, KernelView view, IEnumerable<IpAddr> sessionAddresses)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(sessionAddresses);
        _allowed = [.. options.AllowProtected];
        foreach (var prefix in options.Exclude)
        {
            _excluded[prefix] = true;
        }

        foreach (var link in view.Links)
        {
            foreach (var address in link.Addresses)
            {
                _connected[address.Subnet] = link.Name;
            }
        }

        foreach (var address in sessionAddresses)
        {
            ProtectWayTo(address, view);
        }
    }

    /// <summary>Whether a prefix must stay out of the forwarding table; null: it may go in.</summary>
    public ForwardingDecision? Check(IpPrefix prefix)
    {
        if (_excluded.Covering(prefix).Any())
        {
            return ForwardingDecision.No(NotInstalledReason.Excluded, $"inside {_excluded.Covering(prefix).First().Key} of dataplane.exclude");
        }

        return !_allowed.Contains(prefix) && Danger(prefix) is { } danger ? ForwardingDecision.No(NotInstalledReason.Protected, danger) : null;
    }

    /// <summary>Whether both give the same answers, as long as the options are the same.</summary>
    public bool SameAs(Protection other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _connected.Items.ToHashSet().SetEquals(other._connected.Items) && _waysToPeers.ToHashSet().SetEquals(other._waysToPeers);
    }

    private string? Danger(IpPrefix prefix)
    {
        if (prefix.IsDefault)
        {
            return "a default route";
        }

        if (_connected.Covering(prefix).FirstOrDefault() is { Value: { } link, Key: var subnet })
        {
            return prefix == subnet ? $"the connected subnet of {link}" : $"inside the connected subnet {subnet} of {link}";
        }

        return _waysToPeers.TryGetValue(prefix, out var peer) ? $"it would become the way to the peer {peer}" : null;
    }

    // Every prefix around the address that is at least as long as the longest foreign one there now.
    private void ProtectWayTo(IpAddr address, KernelView view)
    {
        var longest = view.ForeignRoutes.Matches(address).Select(route => (int)route.Key.Length).FirstOrDefault();
        for (var length = longest; length <= address.BitLength; length++)
        {
            _waysToPeers[new IpPrefix(address, length)] = address;
        }
    }
}
