using Fairway.Bgp.Rib.Tables;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Rib;

/// <summary>Our own routes.</summary>
public sealed partial class BgpRib
{
    /// <summary>Our own routes as they are in the table.</summary>
    public IEnumerable<AdvertisedPrefix> Locals => _families.SelectMany(family => family.Table.Locals.Values).Select(local => local.Advertised);

    /// <summary>
    /// Advertises a prefix, or changes how. It beats every learned route: a wish is refused by policy before it comes here, never by a peer.
    /// </summary>
    public void SetLocal(AdvertisedPrefix advertised)
    {
        if (advertised.Alternatives.IsEmpty)
        {
            RemoveLocal(advertised.Prefix);
            return;
        }

        var table = TableOf(advertised.Prefix);
        var prefix = table.Hold(advertised.Prefix);
        var known = table.Locals.GetValueOrDefault(prefix);
        if (known?.Advertised != advertised)
        {
            table.Locals[prefix] = new(advertised, [.. advertised.Alternatives.Items.Select(alternative => _attributes.Intern(AttributesOf(alternative.Attributes)))]);
            table.MarkDirty(prefix);
        }

        if (known is null)
        {
            table.Prefix(prefix).Flags |= PrefixFlags.Local;
            LearnedMayChange(table, prefix);
            return; // the use is the local route's now
        }

        if (known.Advertised != advertised)
            Release(known);
        table.Release(prefix);
    }

    public void RemoveLocal(IpPrefix prefix)
    {
        var table = TableOf(prefix);
        var id = table.Find(prefix);
        if (id == 0 || !table.Locals.Remove(id, out var local))
            return;
        Release(local);
        table.Prefix(id).Flags &= ~PrefixFlags.Local;
        LearnedMayChange(table, id);
        table.MarkDirty(id);
        table.Release(id);
    }

    // While we have a route of our own, nothing learned is in use.
    private static void LearnedMayChange(FamilyTable table, uint prefix)
    {
        ref var entry = ref table.Prefix(prefix);
        if (entry.Best != 0)
            entry.Flags |= PrefixFlags.LearnedChanged;
    }

    private void Release(LocalRoute local)
    {
        foreach (var id in local.Attributes)
            _attributes.Release(id);
    }

    internal static AttributeSet AttributesOf(AdvertisedAttributes wish) => AttributeSet.Of(new()
    {
        Origin = wish.Origin,
        AsPath = AsPath.Empty,
        NextHop = wish.NextHop,
        Med = wish.Med,
        LocalPref = wish.LocalPref,
        Communities = wish.Communities,
        ExtendedCommunities = wish.ExtendedCommunities,
        LargeCommunities = wish.LargeCommunities,
    });
}
