using System.Globalization;

namespace Fairway.Net.Routes;

/// <summary>AS_PATH segment types (RFC 4271 §4.3, RFC 5065 §3).</summary>
public enum AsPathSegmentType : byte
{
    Set = 1,
    Sequence = 2,
    ConfedSequence = 3,
    ConfedSet = 4,
}

/// <summary>One segment of an AS_PATH: 1 to 255 ASNs.</summary>
public readonly record struct AsPathSegment(AsPathSegmentType Type, ValueList<Asn> Asns);

/// <summary>An AS_PATH (RFC 4271 §5.1.2). <c>default</c> is the empty path. Text form: "64496 64497 {64498,64499}", confederation parts in parentheses.</summary>
public readonly record struct AsPath(ValueList<AsPathSegment> Segments)
{
    public static readonly AsPath Empty;

    public static AsPath Sequence(params ReadOnlySpan<Asn> asns) =>
        asns.IsEmpty ? Empty : new([new AsPathSegment(AsPathSegmentType.Sequence, ValueList.Create(asns))]);

    public bool IsEmpty => Segments.IsEmpty;

    /// <summary>Length for the decision process: a set counts one (RFC 4271 §9.1.2.2 a), confederation segments none (RFC 5065 §5.3).</summary>
    public int Length
    {
        get
        {
            var length = 0;
            foreach (var segment in Segments)
            {
                length += segment.Type switch
                {
                    AsPathSegmentType.Sequence => segment.Asns.Count,
                    AsPathSegmentType.Set => 1,
                    _ => 0,
                };
            }

            return length;
        }
    }

    /// <summary>The AS next to us: the first of a leading AS_SEQUENCE, confederation segments skipped; null when there is none.</summary>
    public Asn? NeighborAsn
    {
        get
        {
            foreach (var segment in Segments)
            {
                if (segment.Type is AsPathSegmentType.Sequence)
                {
                    return segment.Asns[0];
                }

                if (segment.Type is AsPathSegmentType.Set)
                {
                    return null;
                }
            }

            return null;
        }
    }

    /// <summary>The AS that originated the route: the last of a trailing AS_SEQUENCE; null when there is none.</summary>
    public Asn? OriginAsn => !Segments.IsEmpty && Segments[^1] is { Type: AsPathSegmentType.Sequence } last ? last.Asns[^1] : null;

    public int CountOf(Asn asn)
    {
        var count = 0;
        foreach (var segment in Segments)
        {
            foreach (var member in segment.Asns)
            {
                count += member == asn ? 1 : 0;
            }
        }

        return count;
    }

    public bool Contains(Asn asn) => CountOf(asn) > 0;

    /// <summary>Prepends <paramref name="asn"/>, opening a new segment when the first is full or not a sequence (RFC 4271 §5.1.2).</summary>
    public AsPath Prepend(Asn asn, int times = 1)
    {
        var path = this;
        for (var i = 0; i < times; i++)
        {
            path = path.PrependOnce(asn);
        }

        return path;
    }

    private AsPath PrependOnce(Asn asn) => !Segments.IsEmpty && Segments[0] is { Type: AsPathSegmentType.Sequence, Asns.Count: < 255 } first
        ? new([first with { Asns = [asn, .. first.Asns] }, .. Segments.AsSpan()[1..]])
        : new([new AsPathSegment(AsPathSegmentType.Sequence, [asn]), .. Segments]);

    public override string ToString() => string.Join(' ', Segments.Select(Format));

    private static string Format(AsPathSegment segment) => segment.Type switch
    {
        AsPathSegmentType.Set => $"{{{Join(segment, ',')}}}",
        AsPathSegmentType.ConfedSequence => $"({Join(segment, ' ')})",
        AsPathSegmentType.ConfedSet => $"[{Join(segment, ',')}]",
        _ => Join(segment, ' '),
    };

    private static string Join(AsPathSegment segment, char separator) =>
        string.Join(separator, segment.Asns.Select(asn => asn.Value.ToString(CultureInfo.InvariantCulture)));
}
