using Fairway.Bgp.Wire;
using Fairway.Net;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Which routes an UPDATE means, and when that cannot be told (RFC 7606 §3, §5).</summary>
public class UpdateFramingTests
{
    private static readonly NotificationMessage MalformedList = NotificationMessage.Update(UpdateSubcode.MalformedAttributeList);
    private static readonly NotificationMessage InvalidNetwork = NotificationMessage.Update(UpdateSubcode.InvalidNetworkField);
    private static readonly IpPrefix Route = IpPrefix.Parse("198.51.100.0/24");

    // 16
    [Theory]
    [InlineData("0001 0000")]
    [InlineData("FFFF 0000")]
    [InlineData("0000 0001")]
    [InlineData("0000 FFFF 40010100")]
    [InlineData("0002 1800 00")]
    public void Lengths_beyond_the_message_reset_with_3_1(string body) => Assert.Equal(MalformedList, ErrorOf(Frame(BgpMessageType.Update, Hex(body))));

    // 17
    [Theory]
    [InlineData("400804 00")]
    [InlineData("40")]
    [InlineData("4008")]
    [InlineData("5008 00")]
    [InlineData("C008FF FBF00001")]
    public void An_attribute_that_overruns_costs_the_routes(string overrun)
    {
        var update = DecodeUpdate(Update(Mandatory + overrun, Prefix));

        Assert.Equal((UpdateTreatment.TreatAsWithdraw, true), (update.Treatment, update.Announced.IsEmpty));
        Assert.Equal<IpPrefix>([Route], update.Withdrawn);
    }

    // 18
    [Theory]
    [InlineData("40012000")]
    [InlineData("800F03000101 40")] // MP_UNREACH_NLRI, then one octet
    [InlineData("40010103")] // a bad ORIGIN and nothing announced
    public void A_fault_without_reachable_routes_resets_with_3_1(string attributes)
    {
        Assert.Equal(MalformedList, ErrorOf(Update(attributes)));
        Assert.Equal(MalformedList, ErrorOf(Update(attributes, withdrawn: Prefix)));
    }

    [Fact]
    public void Attributes_that_are_only_discarded_do_not_reset_without_routes() =>
        Assert.Equal(UpdateTreatment.AttributeDiscard, DecodeUpdate(Update("40060101", withdrawn: Prefix)).Treatment);

    // 19
    [Fact]
    public void Of_two_equal_attributes_the_first_counts()
    {
        var update = DecodeUpdate(Update($"{Mandatory} 40010102", Prefix));

        Assert.Equal(Net.Routes.Origin.Igp, update.Announced[0].Attributes.Value.Origin);
        Assert.Equal(UpdateTreatment.AttributeDiscard, update.Treatment);
    }

    // 19
    [Theory]
    [InlineData("800E0D 0001 01 04 C0000202 00 18C63364 800E0D 0001 01 04 C0000202 00 18C63364")]
    [InlineData("800F07 0001 01 18C63364 800F07 0001 01 18C63364")]
    public void Two_MP_attributes_reset_with_3_1(string attributes) => Assert.Equal(MalformedList, ErrorOf(Update(OriginAndPath + attributes)));

    // 20
    [Theory]
    [InlineData("21 C0000200 80")]
    [InlineData("FF")]
    [InlineData("18 C633")]
    [InlineData("18 C63364 20 C0")]
    public void A_prefix_that_cannot_be_told_resets_with_3_10(string field)
    {
        Assert.Equal(InvalidNetwork, ErrorOf(Update(Mandatory, field)));
        Assert.Equal(InvalidNetwork, ErrorOf(Update("", withdrawn: field)));
    }

    // 20 and 36
    [Theory]
    [InlineData("800E16 0002 01 10 20010DB8000000000000000000000001 00 81")]
    [InlineData("800E17 0002 01 10 20010DB8000000000000000000000001 00 2020")]
    [InlineData("800E0C 0001 01 04 C0000202 00 21 C000")]
    [InlineData("800F04 0002 01 81")]
    [InlineData("800F06 0002 01 20 2001")]
    [InlineData("800F02 0002")]
    public void An_MP_prefix_that_cannot_be_told_resets_with_3_9_and_the_attribute(string attribute) => Assert.Equal(
        NotificationMessage.Update(UpdateSubcode.OptionalAttributeError, Hex(attribute)),
        ErrorOf(Update(attribute + OriginAndPath)));

    // 36
    [Theory]
    [InlineData("800E00")]
    [InlineData("800E04 0002 01 10")]
    [InlineData("800E0E 0002 01 09 200100000000000000 00")]
    [InlineData("800E05 0002 01 00 00")]
    [InlineData("800E09 0002 01 40 2001 0DB8 00")]
    [InlineData("800E14 0002 01 10 20010DB8000000000000000000000001")]
    [InlineData("800E15 0001 01 10 20010DB8000000000000000000000001 00")]
    [InlineData("800E0B 0002 01 04 C0000202 00 0000")]
    public void An_MP_next_hop_of_wrong_length_resets_with_3_1(string attribute) => Assert.Equal(MalformedList, ErrorOf(Update(attribute + OriginAndPath)));

    // 21
    [Fact]
    public void Host_bits_are_masked()
    {
        var update = DecodeUpdate(Update(Mandatory, "18C63364 0CC6FF 00", "19 C63364FF"));

        Assert.Equal<IpPrefix>([Route, IpPrefix.Parse("198.240.0.0/12"), IpPrefix.Parse("0.0.0.0/0")], update.Announced[0].Prefixes);
        Assert.Equal<IpPrefix>([IpPrefix.Parse("198.51.100.128/25")], update.Withdrawn);
    }

    // 22
    [Theory]
    [InlineData("", Afi.Ipv4, 1)]
    [InlineData("800F03 0001 01", Afi.Ipv4, 1)]
    [InlineData("800F03 0002 01", Afi.Ipv6, 1)]
    [InlineData("900F0003 0019 46", (Afi)25, 70)]
    public void An_empty_UPDATE_is_the_End_of_RIB_of_its_family(string attributes, Afi afi, int safi) => Assert.Equal(
        new UpdateMessage { EndOfRib = new(afi, (Safi)safi) },
        DecodeUpdate(Update(attributes)));

    [Theory]
    [InlineData("", Prefix)]
    [InlineData("800F03 0002 01", Prefix)]
    [InlineData("800F07 0001 01 18C63364", "")]
    [InlineData("800F03 0002 01 40010100", "")]
    public void An_UPDATE_that_says_more_is_no_End_of_RIB(string attributes, string withdrawn) =>
        Assert.Null(DecodeUpdate(Update(attributes, withdrawn: withdrawn)).EndOfRib);

    // 23
    [Fact]
    public void Announced_wins_over_withdrawn()
    {
        var update = DecodeUpdate(Update(Mandatory, Prefix, Prefix + "18CB0071"));

        Assert.Equal<IpPrefix>([Route], update.Announced[0].Prefixes);
        Assert.Equal<IpPrefix>([IpPrefix.Parse("203.0.113.0/24")], update.Withdrawn);
    }

    // 24
    [Theory]
    [InlineData("40010100 400304 C0000202")]
    [InlineData("400206 02010000FBFF 400304 C0000202")]
    [InlineData(OriginAndPath)]
    [InlineData("")]
    [InlineData("E01F01 00")] // nothing but an unknown attribute 31
    public void A_missing_mandatory_attribute_costs_the_routes(string attributes)
    {
        var update = DecodeUpdate(Update(attributes, Prefix));

        Assert.Equal(UpdateTreatment.TreatAsWithdraw, update.Treatment);
        Assert.Equal<IpPrefix>([Route], update.Withdrawn);
    }

    // 24
    [Fact]
    public void Withdrawals_need_no_attributes()
    {
        var update = DecodeUpdate(Update("800F08 0002 01 20 20010DB8", withdrawn: Prefix));

        Assert.Empty(update.Problems);
        Assert.Equal<IpPrefix>([Route, IpPrefix.Parse("2001:db8::/32")], update.Withdrawn);
        Assert.Empty(DecodeUpdate(Update("E01F01 00", withdrawn: Prefix)).Problems);
    }

    // 25
    [Fact]
    public void A_malformed_announcement_withdraws_what_was_there()
    {
        Assert.Equal<IpPrefix>([Route], DecodeUpdate(Update(Mandatory, Prefix)).Announced[0].Prefixes);
        Assert.Equal<IpPrefix>([Route], DecodeUpdate(Update(Mandatory.Replace("40010100", "40010103", StringComparison.Ordinal), Prefix)).Withdrawn);
    }

    [Fact]
    public void Both_NLRI_fields_carry_their_own_next_hop()
    {
        var update = DecodeUpdate(Update($"800E1A 0002 01 10 20010DB8000000000000000000000001 00 20 20010DB8 {Mandatory}", Prefix));

        Assert.Equal([AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast], update.Announced.Select(routes => routes.Family));
        Assert.Equal(["192.0.2.2", "2001:db8::1"], update.Announced.Select(routes => routes.Attributes.Value.NextHop.ToString()));
    }

    [Fact]
    public void Routes_of_a_family_that_was_not_negotiated_are_ignored()
    {
        var ipv4Only = External with { Families = [AddressFamily.Ipv4Unicast] };
        var ipv6Only = External with { Families = [AddressFamily.Ipv6Unicast] };

        var six = DecodeUpdate(Update($"800E1A 0002 01 10 20010DB8000000000000000000000001 00 20 20010DB8 {OriginAndPath}"), ipv4Only);
        var four = DecodeUpdate(Update(Mandatory, Prefix, Prefix), ipv6Only);
        var labelled = DecodeUpdate(Update($"800E05 0001 04 00 00 {OriginAndPath}"));

        Assert.All([six, four, labelled], update => Assert.Equal((0, 0), (update.Announced.Count, update.Withdrawn.Count)));
        Assert.All([six, four, labelled], update => Assert.Equal(UpdateTreatment.AttributeDiscard, update.Treatment));
    }
}
