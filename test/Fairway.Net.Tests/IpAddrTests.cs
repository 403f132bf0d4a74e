namespace Fairway.Net.Tests;

public sealed class IpAddrTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("2001:db8:0:0::1", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    public void An_address_reads_back_in_its_canonical_form(string text, string canonical) =>
        Assert.Equal(canonical, IpAddr.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2")]
    [InlineData("3221225985")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.010")]
    [InlineData("0xc0.0.2.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[2001:db8::1]")]
    [InlineData(" 192.0.2.1")]
    [InlineData("2001:db8::1::")]
    public void What_only_some_parsers_take_is_refused(string text) => Assert.False(IpAddr.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1", true, false, false)]
    [InlineData("::1", true, false, false)]
    [InlineData("169.254.1.1", false, true, false)]
    [InlineData("fe80::1", false, true, false)]
    [InlineData("febf::1", false, true, false)]
    [InlineData("fec0::1", false, false, false)]
    [InlineData("224.0.0.1", false, false, true)]
    [InlineData("ff02::1", false, false, true)]
    public void Special_ranges_are_known(string text, bool loopback, bool linkLocal, bool multicast)
    {
        var address = IpAddr.Parse(text);

        Assert.Equal((loopback, linkLocal, multicast), (address.IsLoopback, address.IsLinkLocal, address.IsMulticast));
    }

    [Fact]
    public void IPv4_sorts_before_IPv6_and_then_numerically() =>
        Assert.Equal(
            ["9.0.0.0", "10.0.0.0", "::", "2001:db8::"],
            new[] { "2001:db8::", "10.0.0.0", "::", "9.0.0.0" }.Select(IpAddr.Parse).Order().Select(address => address.ToString()));

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Octets_go_both_ways(string text)
    {
        var address = IpAddr.Parse(text);

        Assert.Equal(address, IpAddr.FromBytes(address.ToBytes()));
        Assert.Equal(address, IpAddr.From(address.ToIPAddress()));
    }
}
