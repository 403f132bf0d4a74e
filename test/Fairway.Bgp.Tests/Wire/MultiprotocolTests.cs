using Fairway.Bgp.Wire;
using Fairway.Net;
using static Fairway.Bgp.Tests.Wire.WireBytes;

namespace Fairway.Bgp.Tests.Wire;

/// <summary>IPv6 routes and their next hops (RFC 4760, RFC 2545).</summary>
public class MultiprotocolTests
{
    private const string Global = "20010DB8000000000000000000000001";
    private const string LinkLocal = "FE800000000000000000000000000001";
    private const string Route = "2020010DB8";

    [Theory]
    [InlineData($"900E001A 0002 01 10 {Global} 00 {Route}", "2001:db8::1", null)]
    [InlineData($"900E002A 0002 01 20 {Global}{LinkLocal} 00 {Route}", "2001:db8::1", "fe80::1")] // 37
    [InlineData($"900E002A 0002 01 20 {LinkLocal}{LinkLocal} 00 {Route}", "fe80::1", "fe80::1")]
    [InlineData($"900E001A 0002 01 10 {LinkLocal} 00 {Route}", "fe80::1", null)]
    public void IPv6_routes_read_and_write(string attribute, string nextHop, string? linkLocal)
    {
        var message = Update(attribute + OriginAndPath);

        var update = DecodeUpdate(message);

        var routes = Assert.Single(update.Announced);
        Assert.Equal(AddressFamily.Ipv6Unicast, routes.Family);
        Assert.Equal<IpPrefix>([IpPrefix.Parse("2001:db8::/32")], routes.Prefixes);
        Assert.Equal((nextHop, linkLocal), (routes.Attributes.Value.NextHop.ToString(), routes.Attributes.Value.LinkLocalNextHop?.ToString()));
        Assert.Equal(message, Encode(update));
        Assert.All(Truncations(message), shorter => Assert.NotEqual(update, Decode(shorter).Value));
    }

    [Fact]
    public void A_second_next_hop_that_is_not_link_local_is_left_out()
    {
        var update = DecodeUpdate(Update($"800E2A 0002 01 20 {Global}{Global} 00 {Route} {OriginAndPath}"));

        Assert.Equal(("2001:db8::1", null), (update.Announced[0].Attributes.Value.NextHop.ToString(), update.Announced[0].Attributes.Value.LinkLocalNextHop));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000001")]
    [InlineData("FF020000000000000000000000000001")]
    public void A_next_hop_that_is_no_host_costs_the_routes(string nextHop) => Assert.Equal(
        UpdateTreatment.TreatAsWithdraw,
        DecodeUpdate(Update($"800E1A 0002 01 10 {nextHop} 00 {Route} {OriginAndPath}")).Treatment);

    // RFC 4760 §3
    [Fact]
    public void NEXT_HOP_is_ignored_where_only_MP_REACH_has_routes()
    {
        var update = DecodeUpdate(Update($"800E1A 0002 01 10 {Global} 00 {Route} {OriginAndPath} 400304 00000000"));

        Assert.Empty(update.Problems);
        Assert.Equal("2001:db8::1", update.Announced[0].Attributes.Value.NextHop.ToString());
    }

    [Fact]
    public void IPv4_routes_may_come_in_MP_attributes()
    {
        var update = DecodeUpdate(Update($"800E0D 0001 01 04 C0000202 00 {Prefix} 800F07 0001 01 18CB0071 {OriginAndPath}"));

        Assert.Equal(DecodeUpdate(Update(Mandatory, Prefix)).Announced, update.Announced);
        Assert.Equal<IpPrefix>([IpPrefix.Parse("203.0.113.0/24")], update.Withdrawn);
    }

    [Fact]
    public void MP_flags_that_do_not_fit_cost_the_routes()
    {
        var reach = DecodeUpdate(Update($"400E1A 0002 01 10 {Global} 00 {Route} {OriginAndPath}"));
        var unreach = DecodeUpdate(Update($"C00F08 0002 01 {Route}"));

        Assert.All([reach, unreach], update => Assert.Equal(UpdateTreatment.TreatAsWithdraw, update.Treatment));
        Assert.All([reach, unreach], update => Assert.Equal<IpPrefix>([IpPrefix.Parse("2001:db8::/32")], update.Withdrawn));
    }
}
