using System.Numerics;
using Fairway.Net;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>Prefixes of one family as ids: an open-addressing hash table without an object per prefix. Id 0 means "none".</summary>
internal interface IPrefixIndex
{
    /// <summary>Every id in use is below this.</summary>
    uint HighWater { get; }

    int Count { get; }

    IpPrefix this[uint id] { get; }

    /// <summary>0 when the prefix is not there.</summary>
    uint Find(IpPrefix prefix);

    uint FindOrAdd(IpPrefix prefix, out bool isNew);

    void Remove(uint id);
}

/// <summary>A prefix as bits of the family's width and a length.</summary>
internal struct PrefixBits<TBits>
    where TBits : unmanaged
{
    public TBits Bits;
    public byte Length;
}

/// <summary><typeparamref name="TBits"/> is <see cref="uint"/> for IPv4 and <see cref="UInt128"/> for IPv6.</summary>
internal sealed class PrefixIndex<TBits> : IPrefixIndex
    where TBits : unmanaged, IBinaryInteger<TBits>
{
    private readonly Slab<PrefixBits<TBits>> _prefixes = new();
    private uint[] _slots = new uint[1024];

    public uint HighWater => _prefixes.HighWater;

    public int Count => _prefixes.Count;

    public IpPrefix this[uint id]
    {
        get
        {
            ref var entry = ref _prefixes[id];
            var bits = UInt128.CreateTruncating(entry.Bits);
            return new(typeof(TBits) == typeof(uint) ? IpAddr.FromIPv4((uint)bits) : IpAddr.FromIPv6(bits), entry.Length);
        }
    }

    public uint Find(IpPrefix prefix) => _slots[FindSlot(TBits.CreateTruncating(prefix.Address.Bits), prefix.Length)];

    public uint FindOrAdd(IpPrefix prefix, out bool isNew)
    {
        var bits = TBits.CreateTruncating(prefix.Address.Bits);
        var slot = FindSlot(bits, prefix.Length);
        isNew = _slots[slot] == 0;
        if (!isNew)
            return _slots[slot];
        if ((_prefixes.Count + 1) * 3L > _slots.Length * 2L)
        {
            Grow();
            slot = FindSlot(bits, prefix.Length);
        }

        return _slots[slot] = _prefixes.Add(new() { Bits = bits, Length = prefix.Length });
    }

    // Backward shift: entries behind the hole that may stand nearer to their home move up, so that no tombstones are needed.
    public void Remove(uint id)
    {
        var mask = (uint)_slots.Length - 1;
        var hole = FindSlot(_prefixes[id].Bits, _prefixes[id].Length);
        for (var next = (hole + 1) & mask; _slots[next] != 0; next = (next + 1) & mask)
        {
            var home = Home(_prefixes[_slots[next]].Bits, _prefixes[_slots[next]].Length);
            if (((next - home) & mask) >= ((next - hole) & mask))
            {
                _slots[hole] = _slots[next];
                hole = next;
            }
        }

        _slots[hole] = 0;
        _prefixes.Free(id);
    }

    // The slot that holds the prefix, or the empty one where it would go.
    private uint FindSlot(TBits bits, byte length)
    {
        var mask = (uint)_slots.Length - 1;
        var slot = Home(bits, length);
        while (_slots[slot] is var id and not 0 && (_prefixes[id].Bits != bits || _prefixes[id].Length != length))
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new uint[old.Length * 2];
        foreach (var id in old)
        {
            if (id != 0)
                _slots[FindSlot(_prefixes[id].Bits, _prefixes[id].Length)] = id;
        }
    }

    // HashCode is seeded for each process: a peer cannot choose prefixes that collide.
    private uint Home(TBits bits, byte length) => (uint)HashCode.Combine(bits, length) & ((uint)_slots.Length - 1);
}
