using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Sessions whose peer knows two-octet AS numbers only (RFC 6793).</summary>
public class TwoOctetPeerTests
{
    // 23456 64500 towards the peer; 4200000001 64500 in truth
    private const string Trans = "40010100 400206 0202 5BA0 FBF4 400304 C0000202";
    private const string As4Path = "C0110A 0202 FA56EA01 0000FBF4";

    [Theory]
    [InlineData("40010100 400206 0202 FBF0 FBF4 400304 C0000202", "64496 64500", null)]
    [InlineData($"{Trans} {As4Path}", "4200000001 64500", null)]
    [InlineData($"{Trans} C00706 5BA0C0000201 {As4Path} C01208 FA56EA01C0000201", "4200000001 64500", "4200000001")]
    [InlineData("40010100 400206 0202 FBF0 FBF4 400304 C0000202 C00706 FBF0C0000201", "64496 64500", "64496")]
    public void Attributes_read_and_write(string attributes, string path, string? aggregator)
    {
        var message = Update(attributes, Prefix);

        var update = DecodeUpdate(message, TwoOctet);

        Assert.Empty(update.Problems);
        Assert.Equal(path, update.Announced[0].Attributes.Value.AsPath.ToString());
        Assert.Equal(aggregator, update.Announced[0].Attributes.Value.Aggregator?.Asn.ToString());
        Assert.Equal(message, Encode(update, TwoOctet));
        Assert.All(Truncations(message), shorter => Assert.NotEqual(update, Decode(shorter, TwoOctet).Value));
    }

    [Theory]
    [InlineData("0201 5BA0", "0201 FA56EA01", "4200000001")]
    [InlineData("0202 FBF0 5BA0", "0201 FA56EA01", "64496 4200000001")] // one more in AS_PATH stays in front
    [InlineData("0201 5BA0", "0202 FA56EA01 0000FBF0", "23456")] // 38: AS_PATH is shorter, AS4_PATH is not believed
    [InlineData("0201 FBF0 0102 FBF1 FBF2", "0201 FA56EA01", "64496 4200000001")] // a set counts one
    [InlineData("0102 FBF1 FBF2 0201 5BA0", "0201 FA56EA01", "{64497,64498} 4200000001")]
    [InlineData("0201 FBF0 0102 FBF1 FBF2 0201 5BA0", "0201 FA56EA01", "64496 {64497,64498} 4200000001")]
    [InlineData("0202 FBF0 5BA0", "0102 FA56EA01 FA56EA02", "64496 {4200000001,4200000002}")]
    [InlineData("0202 FBF0 5BA0", "", "64496 23456")]
    [InlineData("0202 FBF0 5BA0", "0201 00000000", "64496 23456")] // malformed: discarded
    [InlineData("0202 FBF0 5BA0", "0301 0000FBF0", "64496 23456")]
    [InlineData("0202 FBF0 5BA0", "0205 FA56EA01", "64496 23456")]
    public void AS4_PATH_is_merged(string path, string as4Path, string merged)
    {
        var as4 = as4Path.Length == 0 ? "" : Attribute(0xC0, 17, as4Path.Replace(" ", "", StringComparison.Ordinal));
        var attributes = $"40010100 {Attribute(0x40, 2, path.Replace(" ", "", StringComparison.Ordinal))} 400304 C0000202 {as4}";

        var update = DecodeUpdate(Update(attributes, Prefix), TwoOctet);

        Assert.Equal(merged, update.Announced[0].Attributes.Value.AsPath.ToString());
    }

    // 38
    [Fact]
    public void An_AGGREGATOR_without_AS_TRANS_makes_both_AS4_attributes_worthless()
    {
        var update = DecodeUpdate(Update($"{Trans} C00706 FBF0C0000201 {As4Path} C01208 FA56EA01C0000201", Prefix), TwoOctet);

        var attributes = update.Announced[0].Attributes.Value;
        Assert.Equal(("23456 64500", new Asn(64496)), (attributes.AsPath.ToString(), attributes.Aggregator?.Asn));
    }

    [Theory]
    [InlineData("C00708 0000FBF0C0000201")]
    [InlineData("C00705 FBF0C00002")]
    [InlineData("C01207 FA56EA01C00002")]
    [InlineData("C01208 00000000C0000201")]
    public void A_malformed_aggregator_is_discarded(string attribute)
    {
        var update = DecodeUpdate(Update(Trans + attribute, Prefix), TwoOctet);

        Assert.Equal(UpdateTreatment.AttributeDiscard, update.Treatment);
        Assert.Null(update.Announced[0].Attributes.Value.Aggregator);
    }

    [Theory]
    [InlineData("0200")]
    [InlineData("0201FB")]
    [InlineData("0201 0000")]
    [InlineData("0301 FBF0")]
    public void A_malformed_path_costs_the_routes(string path) => Assert.Equal(
        UpdateTreatment.TreatAsWithdraw,
        DecodeUpdate(Update($"40010100 {Attribute(0x40, 2, path.Replace(" ", "", StringComparison.Ordinal))} 400304 C0000202", Prefix), TwoOctet).Treatment);

    [Fact]
    public void The_required_first_AS_is_AS_TRANS_for_a_four_octet_peer() => Assert.Empty(
        DecodeUpdate(Update($"{Trans} {As4Path}", Prefix), TwoOctet with { RequiredFirstAsn = new(4200000001) }).Problems);

    [Fact]
    public void A_path_of_any_shape_survives_the_two_octet_peer()
    {
        var path = new AsPath(
        [
            new(AsPathSegmentType.Sequence, Enumerable.Range(0, 255).Select(i => new Asn(4200000000 + (uint)i)).ToValueList()),
            new(AsPathSegmentType.Sequence, [new(64496)]),
            new(AsPathSegmentType.Set, [new(64497), new(4200000300)]),
        ]);
        var set = AttributeSet.Of(new() { Origin = Origin.Egp, AsPath = path, NextHop = IpAddr.Parse("192.0.2.2") });

        var bytes = Encode(new UpdateMessage { Announced = [new(AddressFamily.Ipv4Unicast, set, [IpPrefix.Parse("198.51.100.0/24")])] }, TwoOctet);

        Assert.Equal(set, DecodeUpdate(bytes, TwoOctet).Announced[0].Attributes);
    }
}
