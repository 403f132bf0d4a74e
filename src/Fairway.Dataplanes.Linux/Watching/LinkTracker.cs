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

    public Noticed Observe(LinkMessage message, bool isGone)
    {
        if (isGone)
            return _links.Remove(message.Index) ? Noticed.LinksLost : Noticed.None;

        var next = (message.Name, message.IsUp);
        var isKnown = _links.TryGetValue(message.Index, out var known);
        _links[message.Index] = next;
        if (isKnown && known == next)
            return Noticed.None;

        // A new name counts as a loss: our routes over the link read differently.
        return !isKnown || known == (message.Name, false) ? Noticed.Links : Noticed.LinksLost;
    }

    public Noticed Observe(AddressMessage message, bool isGone)
    {
        var key = (message.Interface, message.Address);
        if (isGone)
            return _addresses.Remove(key) ? Noticed.LinksLost : Noticed.None;

        return _addresses.Add(key) ? Noticed.Links : Noticed.None;
    }
}
