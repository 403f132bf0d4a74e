using Fairway.Bgp.Rib.Tables;

namespace Fairway.Bgp.Rib.Groups;

/// <summary>Use counts of <see cref="ExportValue"/>s, and what a value means for one peer.</summary>
internal sealed class ExportValues(AttributeStore attributes)
{
    private readonly List<ExportVariant?> _variants = [];
    private readonly Stack<int> _free = new();

    public AttributeStore Attributes { get; } = attributes;

    /// <summary>Takes over the uses of all ids in the variant; the value comes with one use.</summary>
    public ExportValue Add(ExportVariant variant)
    {
        variant.Uses = 1;
        if (!_free.TryPop(out var index))
        {
            index = _variants.Count;
            _variants.Add(null);
        }

        _variants[index] = variant;
        return ExportValue.OfVariant(index);
    }

    public ExportValue Hold(ExportValue value)
    {
        if (value.IsVariant)
            _variants[value.VariantIndex]!.Uses++;
        else
            Attributes.Hold(value.Id);
        return value;
    }

    public void Release(ExportValue value)
    {
        if (!value.IsVariant)
        {
            Attributes.Release(value.Id);
            return;
        }

        var variant = _variants[value.VariantIndex]!;
        if (--variant.Uses > 0)
            return;
        foreach (var id in variant.Attributes)
            Attributes.Release(id);
        Release(variant.Otherwise);
        _variants[value.VariantIndex] = null;
        _free.Push(value.VariantIndex);
    }

    /// <summary>The attributes the peer gets, 0 for none: its own routes never go back to it.</summary>
    public uint View(ExportValue value, RibPeer peer)
    {
        if (!value.IsVariant)
            return value.Source == peer.Index ? 0 : value.Id;
        var variant = _variants[value.VariantIndex]!;
        for (var i = 0; i < variant.Alternatives.Count; i++)
        {
            if (variant.Alternatives[i].Covers(peer.Options.Key))
                return variant.Attributes[i];
        }

        return View(variant.Otherwise, peer);
    }
}
