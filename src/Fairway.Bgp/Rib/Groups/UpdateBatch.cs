using System.Buffers;
using Fairway.Bgp.Rib.Tables;
using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>Prefixes on their way into UPDATEs, packed by attribute set: withdrawals first, then one run of messages for each set. It holds uses until they are
/// written: what a peer had may be named by nothing else.</summary>
internal sealed class UpdateBatch(FamilyTable table, AttributeStore store)
{
    // Header and length fields of a message, and about what MP_REACH_NLRI adds.
    private const int MessageOverhead = 30;

    private readonly List<(uint Attributes, uint Prefix)> _items = [];
    private readonly List<IpPrefix> _prefixes = [];

    /// <summary>Log position of the first change in the batch.</summary>
    public int? FirstPosition { get; set; }

    /// <summary>About how many octets it will make.</summary>
    public int EstimatedLength { get; private set; }

    /// <summary>How many prefixes more the peer has after it.</summary>
    public int Advertised { get; private set; }

    /// <summary>Peers that would be sent something else for one of these prefixes, since they taught it.</summary>
    public HashSet<ushort> Sources { get; } = [];

    /// <summary>False: a prefix differs by peer for other reasons.</summary>
    public bool IsSameForAll { get; private set; } = true;

    /// <summary>Takes a prefix that goes from one value to another, in the eyes of the peer from these attributes to those.</summary>
    public void Change(uint prefix, ExportValue before, ExportValue after, uint had, uint gets)
    {
        Sources.Add(before.Source);
        Sources.Add(after.Source);
        IsSameForAll &= !before.IsVariant && !after.IsVariant;
        if (had == gets)
            return;
        Advertised += (gets != 0 ? 1 : 0) - (had != 0 ? 1 : 0);
        Add(gets, prefix);
    }

    /// <summary><paramref name="attributes"/> 0 withdraws.</summary>
    public void Add(uint attributes, uint prefix)
    {
        var isNewRun = _items.Count == 0 || _items[^1].Attributes != attributes;
        EstimatedLength += table.Family.IsIPv6 ? 8 : 4;
        EstimatedLength += isNewRun ? MessageOverhead + LengthOf(attributes) : 0;
        _items.Add((store.Hold(attributes), table.Hold(prefix)));
    }

    /// <summary>Writes all, gives the uses back and returns how many messages it took.</summary>
    public int Flush(IBufferWriter<byte> output, bool fourOctetAsn)
    {
        _items.Sort();
        var messages = 0;
        for (var start = 0; start < _items.Count;)
        {
            var set = _items[start].Attributes;
            var end = start;
            _prefixes.Clear();
            for (; end < _items.Count && _items[end].Attributes == set; end++)
            {
                // A refresh may meet a prefix whose change is in the same batch.
                if (end == start || _items[end] != _items[end - 1])
                    _prefixes.Add(table.PrefixOf(_items[end].Prefix));
            }

            messages += Write(output, set, fourOctetAsn);
            start = end;
        }

        Clear();
        return messages;
    }

    private void Clear()
    {
        foreach (var (set, prefix) in _items)
        {
            store.Release(set);
            table.Release(prefix);
        }

        _items.Clear();
    }

    private int Write(IBufferWriter<byte> output, uint set, bool fourOctetAsn)
    {
        var prefixes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_prefixes);
        if (set == 0)
            return UpdateWriter.WriteWithdrawals(output, table.Family, prefixes);
        var messages = UpdateWriter.WriteAnnouncements(output, table.Family, store.Read(set), prefixes, fourOctetAsn);
        return messages > 0 ? messages : throw new System.Diagnostics.UnreachableException("export let attributes pass that fit no message");
    }

    private int LengthOf(uint set) => set == 0 ? 0 : store[set].Length;
}
