using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Reconciliation.Compilation;

/// <summary>Builds the prefixes of a result out of those of the last one, touching only what changes.</summary>
internal sealed class PrefixResults(CompiledSpeaker last)
{
    private readonly ImmutableDictionary<IpPrefix, CompiledPrefix>.Builder _prefixes = last.Prefixes.ToBuilder();
    private readonly ImmutableDictionary<IpPrefix, AdvertisedPrefix>.Builder _advertised = last.Desired.Advertisements.ToBuilder();
    private readonly ImmutableHashSet<IpPrefix>.Builder _blackholes = last.Blackholes.ToBuilder();
    private readonly ImmutableArray<IpPrefix>.Builder _changed = ImmutableArray.CreateBuilder<IpPrefix>();

    /// <summary>Sets or, with null, removes a prefix.</summary>
    public void Set(IpPrefix prefix, CompiledPrefix? compiled)
    {
        if (compiled is null)
        {
            _prefixes.Remove(prefix);
        }
        else
        {
            _prefixes[prefix] = compiled;
        }

        SetAdvertised(prefix, compiled?.Advertised);
        if (compiled is { Blackhole: true })
        {
            _blackholes.Add(prefix);
        }
        else
        {
            _blackholes.Remove(prefix);
        }
    }

    public CompiledSpeaker Into(CompiledSpeaker result) => result with
    {
        Desired = result.Desired with { Advertisements = _advertised.ToImmutable() },
        Prefixes = _prefixes.ToImmutable(),
        Blackholes = _blackholes.ToImmutable(),
        Changed = _changed.ToImmutable(),
    };

    private void SetAdvertised(IpPrefix prefix, AdvertisedPrefix? advertised)
    {
        if (_advertised.GetValueOrDefault(prefix) == advertised)
        {
            return;
        }

        _changed.Add(prefix);
        if (advertised is null)
        {
            _advertised.Remove(prefix);
        }
        else
        {
            _advertised[prefix] = advertised;
        }
    }
}
