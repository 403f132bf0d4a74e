using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Routes;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>Each attribute with its good form, its bad forms and what RFC 7606 makes of them.</summary>
public class AttributeTests
{
    private static readonly PathAttributes Plain = new()
    {
        Origin = Origin.Igp,
        AsPath = AsPath.Sequence(new Asn(64511)),
        NextHop = IpAddr.Parse("192.0.2.2"),
    };

    private static readonly PathAttributes Local = Plain with { LocalPref = 100 };

    /// <summary>Attribute bytes after the mandatory ones, in the form that we write, and their value.</summary>
    public static TheoryData<string, PathAttributes, bool> Pairs => new()
    {
        { "", Plain, false },
        { "800404 00000000", Plain with { Med = 0 }, false },
        { "800404 FFFFFFFF", Plain with { Med = uint.MaxValue }, false },
        { "400504 00000064", Local, true },
        { "400600", Plain with { AtomicAggregate = true }, false },
        { "C00708 FA56EA01 C0000201", Plain with { Aggregator = new(new(4200000001), RouterId.Parse("192.0.2.1")) }, false },
        { "C00808 FBF00001 FFFFFF01", Plain with { Communities = [Community.Parse("64496:1"), Community.NoExport] }, false },
        { "E00804 FBF00001", Plain with { Communities = [Community.Parse("64496:1")], Partial = [PathAttributeType.Communities] }, false },
        {
            "400504 00000064 800904 C0000263 800A08 0A000001 0A000002",
            Local with { OriginatorId = RouterId.Parse("192.0.2.99"), ClusterList = [RouterId.Parse("10.0.0.1"), RouterId.Parse("10.0.0.2")] },
            true
        },
        { "C01008 0002FBF000000001", Plain with { ExtendedCommunities = [ExtendedCommunity.Parse("rt:64496:1")] }, false },
        { "C0200C 0000FBF0 00000001 00000002", Plain with { LargeCommunities = [LargeCommunity.Parse("64496:1:2")] }, false },
        { "E01703 010203", Plain with { Unknown = [new UnknownAttribute(23, [1, 2, 3])] }, false },
        { "E0280A 01 0007 00 0000 00000005", Plain with { Unknown = [new UnknownAttribute(40, [1, 0, 7, 0, 0, 0, 0, 0, 0, 5])] }, false },
        { "E0FF00", Plain with { Unknown = [new UnknownAttribute(255, [])] }, false },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Attributes_read_and_write(string hex, PathAttributes value, bool isInternal)
    {
        var options = isInternal ? Internal : External;
        var message = Update(Mandatory + hex, Prefix);

        var update = DecodeUpdate(message, options);

        Assert.Empty(update.Problems);
        Assert.Equal(value, update.Announced[0].Attributes.Value);
        Assert.Equal(AttributeSet.Of(value), update.Announced[0].Attributes);
        Assert.Equal(message, Encode(update, options));
        foreach (var shorter in Truncations(message))
        {
            Assert.NotEqual(update, Decode(shorter, options).Value);
        }
    }

    [Fact]
    public void A_long_attribute_gets_a_long_length()
    {
        var value = Plain with { Communities = Enumerable.Range(0, 300).Select(i => new Community((uint)i)).ToValueList() };

        var bytes = Encode(new UpdateMessage { Announced = [new(AddressFamily.Ipv4Unicast, AttributeSet.Of(value), [IpPrefix.Parse("198.51.100.0/24")])] });

        Assert.Equal(value, DecodeUpdate(bytes).Announced[0].Attributes.Value);
        Assert.Equal([0xD0, 8, 0x04, 0xB0], bytes.AsSpan(19 + 4 + 4 + 9 + 7, 4).ToArray());
    }

    [Fact]
    public void The_same_attributes_in_any_order_and_any_length_form_are_one_set()
    {
        var orderly = DecodeUpdate(Update($"{Mandatory} 800404 00000001 C00804 FBF00001", Prefix)).Announced[0].Attributes;
        var untidy = DecodeUpdate(Update($"D0080004 FBF00001 50030004 C0000202 800404 00000001 400206 02010000FBFF 5001000100", Prefix)).Announced[0].Attributes;

        Assert.Equal(orderly, untidy);
        Assert.Equal(orderly.GetHashCode(), untidy.GetHashCode());
        Assert.Equal(orderly, AttributeSet.FromCanonical(untidy.Bytes.Span));
    }

    /// <summary>Attributes of an external session whose routes are treated as withdrawn; "M" stands for the mandatory ones.</summary>
    [Theory]
    [InlineData("C0010100 400206 02010000FBFF 400304 C0000202")] // 26
    [InlineData("00010100 400206 02010000FBFF 400304 C0000202")]
    [InlineData("40010103 400206 02010000FBFF 400304 C0000202")] // 27
    [InlineData("400100 400206 02010000FBFF 400304 C0000202")]
    [InlineData("4001020000 400206 02010000FBFF 400304 C0000202")]
    [InlineData("40010100 400206 00010000FBFF 400304 C0000202")] // 28: segment types
    [InlineData("40010100 400206 05010000FBFF 400304 C0000202")]
    [InlineData("40010100 400202 0200 400304 C0000202")] // empty segment
    [InlineData("40010100 400206 02020000FBFF 400304 C0000202")] // segment overrun
    [InlineData("40010100 400201 02 400304 C0000202")]
    [InlineData("40010100 400207 02010000FBFF01 400304 C0000202")]
    [InlineData("40010100 40020A 02020000FBFF00000000 400304 C0000202")] // AS 0
    [InlineData("40010100 400206 03010000FBFF 400304 C0000202")] // 29
    [InlineData("40010100 400206 04010000FBFF 400304 C0000202")]
    [InlineData("40010100 400206 02010000FBFF 400304 00000000")] // 30
    [InlineData("40010100 400206 02010000FBFF 400304 7F000001")]
    [InlineData("40010100 400206 02010000FBFF 400304 E0000001")]
    [InlineData("40010100 400206 02010000FBFF 400304 FFFFFFFF")]
    [InlineData("40010100 400206 02010000FBFF 400304 00000001")]
    [InlineData("40010100 400206 02010000FBFF 400305 C000020200")]
    [InlineData("40010100 400206 02010000FBFF 400303 C00002")]
    [InlineData("M 800403 000000")] // 31
    [InlineData("M 800405 0000000000")]
    [InlineData("M 400404 00000000")]
    [InlineData("M 800600")] // flags are checked before the content
    [InlineData("M C00800")] // 34
    [InlineData("M C00805 FBF0000100")]
    [InlineData("M C01000")]
    [InlineData("M C01009 0002FBF00000000100")]
    [InlineData("M C02000")]
    [InlineData("M C0200D 0000FBF0000000010000000200")]
    [InlineData("M 400804 FBF00001")]
    [InlineData("M 40C800")] // an unknown attribute that is not optional
    public void Routes_with_a_malformed_attribute_are_withdrawn(string attributes)
    {
        var update = DecodeUpdate(Update(attributes.Replace("M", Mandatory, StringComparison.Ordinal), Prefix));

        Assert.Equal(UpdateTreatment.TreatAsWithdraw, update.Treatment);
        Assert.Equal<IpPrefix>([IpPrefix.Parse("198.51.100.0/24")], update.Withdrawn);
        Assert.True(update.Announced.IsEmpty);
    }

    // 28, 32, 35 on internal sessions
    [Theory]
    [InlineData("400206 02010000FBFF 400304 C0000202 40010100 400503 000064")]
    [InlineData("M 400505 0000006400")]
    [InlineData("M C00504 00000064")]
    [InlineData("M 800903 C00002")]
    [InlineData("M 800A00")]
    [InlineData("M 800A05 0A00000100")]
    [InlineData("40010100 400206 020100000000 400304 C0000202")]
    public void Routes_of_an_internal_peer_are_withdrawn_too(string attributes) => Assert.Equal(
        UpdateTreatment.TreatAsWithdraw,
        DecodeUpdate(Update(attributes.Replace("M", Mandatory, StringComparison.Ordinal), Prefix), Internal).Treatment);

    [Theory]
    [InlineData("400504 00000064", false)] // 32
    [InlineData("400501 00", false)]
    [InlineData("C00500", false)]
    [InlineData("400601 00", true)] // 33
    [InlineData("C00705 0000000001", true)]
    [InlineData("C00707 00000064000000", true)]
    [InlineData("C00706 FBF0C0000201", true)]
    [InlineData("C00709 0000FBF0C000020100", true)]
    [InlineData("C00708 00000000C0000201", true)] // RFC 7607 §2
    [InlineData("800904 C0000263", false)] // 35
    [InlineData("800901 00", false)]
    [InlineData("800A03 000000", false)]
    [InlineData("C01106 02010000FBF0", true)] // 38
    [InlineData("C01208 0000FBF0C0000201", true)]
    [InlineData("C02800", true)] // 39
    [InlineData("C02808 0000000000000000", true)]
    [InlineData("E02804 01000800", true)]
    [InlineData("C0280A 01 0006 00 0000 000005 00", true)]
    [InlineData("C02805 03 0002 0000", true)]
    public void A_malformed_attribute_of_less_weight_is_discarded(string attribute, bool isInternal)
    {
        var update = DecodeUpdate(Update(Mandatory + attribute, Prefix), isInternal ? Internal : External);

        Assert.Equal(UpdateTreatment.AttributeDiscard, update.Treatment);
        Assert.Equal(Plain, update.Announced[0].Attributes.Value);
    }

    // 26: RFC 7606 §3 c names Optional and Transitive only
    [Fact]
    public void Partial_on_a_well_known_attribute_does_no_harm()
    {
        var update = DecodeUpdate(Update("60010100 600206 02010000FBFF 600304 C0000202 A00404 00000001", Prefix));

        Assert.Empty(update.Problems);
        Assert.Equal(Plain with { Med = 1 }, update.Announced[0].Attributes.Value);
    }

    // 40
    [Fact]
    public void An_unknown_optional_attribute_is_dropped_or_kept_with_the_Partial_bit()
    {
        var update = DecodeUpdate(Update($"{Mandatory} 80C801 07 C0C901 08", Prefix));

        Assert.Empty(update.Problems);
        Assert.Equal(Plain with { Unknown = [new UnknownAttribute(201, [8])] }, update.Announced[0].Attributes.Value);
        Assert.Equal(Update($"{Mandatory} E0C901 08", Prefix), Encode(update));
    }

    // 30
    [Fact]
    public void A_loopback_next_hop_is_good_only_as_the_peers_own_and_never_ours()
    {
        var loopback = Update("40010100 400206 02010000FBFF 400304 7F000002", Prefix);
        var options = External with { PeerAddress = IpAddr.Parse("127.0.0.2"), LocalAddress = IpAddr.Parse("192.0.2.2") };

        Assert.Empty(DecodeUpdate(loopback, options).Problems);
        Assert.Equal(UpdateTreatment.TreatAsWithdraw, DecodeUpdate(loopback, options with { PeerAddress = IpAddr.Parse("127.0.0.3") }).Treatment);
        Assert.Equal(UpdateTreatment.TreatAsWithdraw, DecodeUpdate(Update(Mandatory, Prefix), options).Treatment);
    }

    [Theory]
    [InlineData("02010000FBFF", UpdateTreatment.None)]
    [InlineData("02010000FBF0", UpdateTreatment.TreatAsWithdraw)]
    [InlineData("01010000FBFF", UpdateTreatment.TreatAsWithdraw)]
    [InlineData("", UpdateTreatment.TreatAsWithdraw)]
    public void The_peers_AS_must_stand_first_where_that_is_required(string path, UpdateTreatment treatment)
    {
        var message = Update($"40010100 {Attribute(0x40, 2, path)} 400304 C0000202", Prefix);

        Assert.Equal(treatment, DecodeUpdate(message, External with { RequiredFirstAsn = new(64511) }).Treatment);
    }

    [Fact]
    public void Route_attributes_show_what_people_ask_for()
    {
        var shown = (Local with { Med = 7, Communities = [Community.NoExport] }).ToRouteAttributes();

        Assert.Equal((Origin.Igp, "64511", "192.0.2.2", 100u, 7u), (shown.Origin, shown.AsPath.ToString(), shown.NextHop.ToString(), shown.LocalPref, shown.Med));
        Assert.Equal<Community>([Community.NoExport], shown.Communities);
    }
}
