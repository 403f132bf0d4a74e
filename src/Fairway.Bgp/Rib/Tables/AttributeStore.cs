using Fairway.Bgp.Rib.Decision;
using Fairway.Bgp.Wire;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib.Tables;

/// <summary>
/// Attribute sets interned by their canonical bytes together with the weight import gave them: equal sets have one id for all peers, so that
/// comparing ids compares attributes (design D9). Ids are counted: whoever keeps one holds a use.
/// </summary>
internal sealed class AttributeStore
{
    private readonly Slab<AttributeEntry> _entries = new();
    private readonly ByteSlab _bytes = new();
    private uint[] _buckets = new uint[1024];

    // Grows with every id that is freed, so that a cache keyed by ids can see that one has got a new meaning.
    private readonly PagedArray<uint> _generations = new();

    public int Count => _entries.Count;

    /// <summary>Octets held for canonical bytes.</summary>
    public long ByteCapacity => _bytes.Capacity;

    public ref readonly AttributeEntry this[uint id] => ref _entries[id];

    /// <summary>Finds or stores the set and takes a use of it.</summary>
    public uint Intern(AttributeSet set, uint weight = 0)
    {
        var hash = HashCode.Combine(set.GetHashCode(), weight);
        var bytes = set.Bytes.Span;
        for (var id = _buckets[Bucket(hash)]; id != 0; id = _entries[id].Next)
        {
            ref var entry = ref _entries[id];
            if (entry.Hash == hash && entry.Weight == weight && _bytes.Get(entry.Bytes, entry.Length).SequenceEqual(bytes))
            {
                entry.Uses++;
                return id;
            }
        }

        return Add(set, weight, hash);
    }

    public uint Hold(uint id)
    {
        if (id != 0)
            _entries[id].Uses++;
        return id;
    }

    public void Release(uint id)
    {
        if (id != 0 && --_entries[id].Uses == 0)
            Remove(id);
    }

    public AttributeSet Read(uint id)
    {
        ref var entry = ref _entries[id];
        return AttributeSet.FromCanonical(_bytes.Get(entry.Bytes, entry.Length));
    }

    public uint Generation(uint id) => id < _generations.Length ? _generations[id] : 0;

    private uint Add(AttributeSet set, uint weight, int hash)
    {
        if (_entries.Count >= _buckets.Length)
            Grow();
        var value = set.Value;
        var path = value.AsPath ?? AsPath.Empty;
        ref var bucket = ref _buckets[Bucket(hash)];
        var id = _entries.Add(new()
        {
            Bytes = _bytes.Add(set.Bytes.Span),
            Length = set.Bytes.Length,
            Hash = hash,
            Next = bucket,
            Uses = 1,
            Weight = weight,
            LocalPref = value.LocalPref ?? Candidate.DefaultLocalPref,
            Med = value.Med ?? 0,
            NeighborAsn = path.NeighborAsn?.Value ?? 0,
            OriginatorId = value.OriginatorId?.Value ?? 0,
            AsPathLength = (ushort)Math.Min(path.Length, ushort.MaxValue),
            Origin = value.Origin ?? Origin.Incomplete,
        });
        return bucket = id;
    }

    private void Remove(uint id)
    {
        ref var entry = ref _entries[id];
        ref var link = ref _buckets[Bucket(entry.Hash)];
        while (link != id)
            link = ref _entries[link].Next;
        link = entry.Next;
        _bytes.Free(entry.Bytes, entry.Length);
        _generations.EnsureLength(id + 1);
        _generations[id]++;
        _entries.Free(id);
    }

    private void Grow()
    {
        var old = _buckets;
        _buckets = new uint[old.Length * 2];
        foreach (var head in old)
        {
            for (var id = head; id != 0;)
            {
                var next = _entries[id].Next;
                ref var bucket = ref _buckets[Bucket(_entries[id].Hash)];
                _entries[id].Next = bucket;
                bucket = id;
                id = next;
            }
        }
    }

    private int Bucket(int hash) => hash & (_buckets.Length - 1);
}
