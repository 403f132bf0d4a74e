using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Watching;

/// <summary>
/// Follows links and addresses message by message. A link that went down and came up again looks as before in a snapshot, yet its
/// IPv4 routes are gone: so each step counts, while repetitions (statistics, lifetimes) do not.
/// </summary>
internal sealed class LinkTracker
{
    private readonly Dictionary<int, (string Name, bool IsUp)> _links = [];
    private readonly HashSet<(int Interface, LinkAddress Address)> _addresses = [];

    public void Reset(ValueList<Link> links)
    {
        _links.Clear();
        _addresses.Clear();
        foreach (var link in links)
        {
            _links[link.Index] = (link.Name, link.IsUp);
            _addresses.UnionWith(link.Addresses.Select(address => (link.Index, address)));
        }
    }

    /// <summary>True if this is news.</summary>
    public bool Observe(LinkMessage message, bool isGone)
    {
        if (isGone)
            return _links.Remove(message.Index);

        var next = (message.Name, message.IsUp);
        if (_links.TryGetValue(message.Index, out var known) && known == next)
            return false;

        _links[message.Index] = next;
        return true;
    }

    /// <summary>True if this is news.</summary>
    public bool Observe(AddressMessage message, bool isGone)
    {
        var key = (message.Interface, message.Address);
        return isGone ? _addresses.Remove(key) : _addresses.Add(key);
    }
}
