using Fairway.Bgp.Rib.Groups;
using Fairway.Bgp.Rib.Tables;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Net.Options;

namespace Fairway.Bgp.Rib;

/// <summary>
/// The three RIBs of RFC 4271 §3.2 for all peers. Not safe for threads: one loop owns it. Nothing here blocks; long work (deciding, filling a
/// new update group, importing again) is done in pieces by <see cref="Process"/>.
/// </summary>
public sealed partial class BgpRib
{
    private readonly RibOptions _options;
    private readonly INextHopResolver _resolver;
    private readonly AttributeStore _attributes = new();
    private readonly ExportValues _values;
    private readonly NextHopTable _nextHops;
    private readonly PathSelection _selection;
    private readonly RibFamily[] _families;

    // By index; 0 is ourselves.
    private readonly List<RibPeer?> _peers = [null];
    private readonly Stack<ushort> _freePeers = new();

    public BgpRib(RibOptions options, INextHopResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _resolver = resolver;
        _values = new(_attributes);
        _nextHops = new(resolver);
        _selection = new(_attributes, _nextHops, resolver, Peer) { Multipath = options.Multipath };
        _families =
        [
            new(new(AddressFamily.Ipv4Unicast, _attributes, _nextHops)),
            new(new(AddressFamily.Ipv6Unicast, _attributes, _nextHops)),
        ];
    }

    /// <summary>Multipath changes decide again; AS and router id never change while running (design D18).</summary>
    public void UpdateMultipath(MultipathOptions multipath)
    {
        if (_selection.Multipath == multipath)
            return;
        _selection.Multipath = multipath;
        foreach (var family in _families)
        {
            var table = family.Table;
            for (uint prefix = 1; prefix < table.HighWater; prefix++)
            {
                if (table.IsInUse(prefix) && table.Prefix(prefix).FirstPath is var first and not 0 && table.Path(first).NextOfPrefix != 0)
                    table.MarkDirty(prefix);
            }
        }
    }

    /// <summary>Sizes of the tables, for metrics.</summary>
    public RibSize Size => new(
        _families.Sum(family => (long)family.Table.PrefixCount),
        _families.Sum(family => (long)family.Table.PathCount),
        _attributes.Count,
        _attributes.ByteCapacity,
        _families.Sum(family => family.Groups.Count));

    private RibPeer Peer(ushort index) => _peers[index]!;

    /// <summary>Null for a family that these tables do not hold.</summary>
    private RibFamily? FindFamily(AddressFamily family) => Array.Find(_families, candidate => candidate.Family == family);

    private FamilyTable TableOf(IpPrefix prefix) => _families[prefix.IsIPv6 ? 1 : 0].Table;
}
