using Fairway.Bgp.Rib;
using Fairway.Bgp.Rib.Plain;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>The tables as plain dictionaries: what <see cref="BgpRib"/> must come to once all its work is done.</summary>
internal sealed class PlainRib(RibOptions options, INextHopResolver resolver)
{
    public Dictionary<PeerKey, PlainPeer> Peers { get; } = [];

    public Dictionary<IpPrefix, AdvertisedPrefix> Locals { get; } = [];

    public HashSet<AddressFamily> Deferred { get; } = [];

    public MultipathOptions Multipath { get; set; } = options.Multipath;

    public IEnumerable<IpPrefix> Prefixes => Peers.Values.SelectMany(peer => peer.Received.Keys).Concat(Locals.Keys).Distinct();

    public PlainChoice Choose(IpPrefix prefix) => Decision.Choose(
        prefix,
        from peer in Peers.Values
        where peer.Received.ContainsKey(prefix)
        select new PlainPath(peer.Options, peer.RouterId, null, peer.Received[prefix].Attributes));

    /// <summary>Everything the peer should have from us.</summary>
    public Dictionary<IpPrefix, AttributeSet> AdjRibOut(PlainPeer peer)
    {
        var table = new Dictionary<IpPrefix, AttributeSet>();
        foreach (var prefix in Prefixes.Where(prefix => peer.Session!.Families.Items.Contains(prefix.Family)))
        {
            if (Decision.Export(prefix, peer.Options, peer.Session!, Locals.GetValueOrDefault(prefix), Choose(prefix)) is { } sent)
                table[prefix] = sent;
        }

        return table;
    }

    private PlainDecision Decision => new(options, Multipath, resolver);
}

/// <summary>A peer as plain dictionaries.</summary>
internal sealed class PlainPeer(PeerOptions options)
{
    public PeerOptions Options { get; set; } = options;

    public RibSession? Session { get; set; }

    public RouterId RouterId { get; set; }

    public Dictionary<IpPrefix, (AttributeSet Attributes, bool Stale)> Received { get; } = [];

    public void Down(IReadOnlyCollection<AddressFamily> keepStale)
    {
        foreach (var (prefix, (attributes, stale)) in Received.ToArray())
        {
            if (!keepStale.Contains(prefix.Family) || (stale && Session is not null))
                Received.Remove(prefix);
            else
                Received[prefix] = (attributes, true);
        }

        Session = null;
    }

    public void Sweep(AddressFamily family)
    {
        foreach (var (prefix, (_, stale)) in Received.ToArray())
        {
            if (stale && prefix.Family == family)
                Received.Remove(prefix);
        }
    }
}
