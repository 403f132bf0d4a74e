using Fairway.Net;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Wire;

/// <summary>Puts the four-octet truth of AS4_PATH back into an AS_PATH that crossed two-octet speakers (RFC 6793 §4.2.3).</summary>
internal static class As4Merge
{
    /// <summary>The leading ASNs that only <paramref name="path"/> has, then all of <paramref name="as4Path"/>.</summary>
    public static AsPath Merge(AsPath path, AsPath as4Path)
    {
        var surplus = path.Length - as4Path.Length;
        // A shorter AS_PATH was changed by someone who does not know AS4_PATH: that one is not to be trusted.
        return surplus < 0 ? path : Join(Leading(path, surplus), as4Path);
    }

    // A set counts as one and is taken whole, as in the length that the decision process uses.
    private static List<AsPathSegment> Leading(AsPath path, int count)
    {
        var segments = new List<AsPathSegment>();
        foreach (var segment in path.Segments)
        {
            if (count == 0)
            {
                break;
            }

            var isSequence = segment.Type is AsPathSegmentType.Sequence;
            var taken = isSequence ? Math.Min(count, segment.Asns.Count) : segment.Asns.Count;
            segments.Add(segment with { Asns = ValueList.Create(segment.Asns.AsSpan()[..taken]) });
            count -= isSequence ? taken : 1;
        }

        return segments;
    }

    private static AsPath Join(List<AsPathSegment> head, AsPath tail)
    {
        var first = tail.Segments.IsEmpty ? default : tail.Segments[0];
        if (head is [.., { Type: AsPathSegmentType.Sequence } last] && first.Type is AsPathSegmentType.Sequence
            && last.Asns.Count + first.Asns.Count <= byte.MaxValue)
        {
            head[^1] = last with { Asns = [.. last.Asns, .. first.Asns] };
            return new([.. head, .. tail.Segments.AsSpan()[1..]]);
        }

        return new([.. head, .. tail.Segments]);
    }
}
