using Fairway.Net.Routes;

namespace Fairway.Net.Tests;

public sealed class AsPathTests
{
    private static readonly Asn Own = new(64496);

    [Fact]
    public void A_set_counts_one_and_confederation_segments_count_nothing()
    {
        var path = new AsPath(
        [
            new(AsPathSegmentType.ConfedSequence, [new(65001), new(65002)]),
            new(AsPathSegmentType.Sequence, [new(64497), new(64498)]),
            new(AsPathSegmentType.Set, [new(64499), new(64500)]),
        ]);

        Assert.Equal(3, path.Length);
        Assert.Equal("(65001 65002) 64497 64498 {64499,64500}", path.ToString());
        Assert.Equal(new Asn(64497), path.NeighborAsn);
        Assert.Null(path.OriginAsn);
    }

    [Fact]
    public void Prepending_to_a_full_segment_opens_a_new_one()
    {
        var full = AsPath.Sequence([.. Enumerable.Repeat(new Asn(64497), 255)]);

        var path = full.Prepend(Own, 2);

        Assert.Equal([2, 255], path.Segments.Select(segment => segment.Asns.Count));
        Assert.Equal(257, path.Length);
        Assert.Equal(2, path.CountOf(Own));
    }

    [Fact]
    public void Prepending_to_an_empty_path_and_to_a_set_opens_a_sequence()
    {
        Assert.Equal("64496", AsPath.Empty.Prepend(Own).ToString());
        Assert.Equal("64496 {64499}", new AsPath([new(AsPathSegmentType.Set, [new(64499)])]).Prepend(Own).ToString());
    }

    [Fact]
    public void Paths_compare_by_their_segments() =>
        Assert.Equal(AsPath.Sequence(Own, new(64499)), AsPath.Sequence(new Asn(64499)).Prepend(Own));
}
