using System.Diagnostics.CodeAnalysis;

namespace Fairway.Net;

/// <summary>
/// A map from prefixes to values with longest-prefix match: a hash table probed once for each prefix length in use.
/// Made for tables of up to some ten thousand prefixes, such as a kernel's; a full Internet table lives in the BGP RIB.
/// </summary>
public sealed class PrefixMap<T>
{
    private readonly Dictionary<IpPrefix, T> _items = [];
    private readonly int[] _ipv4Lengths = new int[33];
    private readonly int[] _ipv6Lengths = new int[129];

    public int Count => _items.Count;

    public IEnumerable<KeyValuePair<IpPrefix, T>> Items => _items;

    public T this[IpPrefix prefix]
    {
        get => _items[prefix];
        set
        {
            if (_items.TryAdd(prefix, value))
            {
                Lengths(prefix.IsIPv6)[prefix.Length]++;
            }
            else
            {
                _items[prefix] = value;
            }
        }
    }

    public bool TryGet(IpPrefix prefix, [MaybeNullWhen(false)] out T value) => _items.TryGetValue(prefix, out value);

    public bool Remove(IpPrefix prefix)
    {
        if (!_items.Remove(prefix))
        {
            return false;
        }

        Lengths(prefix.IsIPv6)[prefix.Length]--;
        return true;
    }

    /// <summary>Every entry that contains <paramref name="address"/>, the most specific first.</summary>
    public IEnumerable<KeyValuePair<IpPrefix, T>> Matches(IpAddr address) => Covering(IpPrefix.Host(address));

    /// <summary>Every entry equal to or less specific than <paramref name="prefix"/>, the most specific first.</summary>
    public IEnumerable<KeyValuePair<IpPrefix, T>> Covering(IpPrefix prefix)
    {
        var lengths = Lengths(prefix.IsIPv6);
        for (int length = prefix.Length; length >= 0; length--)
        {
            if (lengths[length] > 0 && new IpPrefix(prefix.Address, length) is var key && _items.TryGetValue(key, out var value))
            {
                yield return new(key, value);
            }
        }
    }

    private int[] Lengths(bool isIPv6) => isIPv6 ? _ipv6Lengths : _ipv4Lengths;
}
