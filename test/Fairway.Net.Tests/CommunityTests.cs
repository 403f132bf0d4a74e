using Fairway.Net.Routes;

namespace Fairway.Net.Tests;

public sealed class CommunityTests
{
    [Theory]
    [InlineData("65000:1", 0xFDE80001)]
    [InlineData("no-export", 0xFFFFFF01)]
    [InlineData("0:0", 0)]
    public void A_community_goes_both_ways(string text, uint value)
    {
        Assert.Equal(new Community(value), Community.Parse(text));
        Assert.Equal(text, new Community(value).ToString());
    }

    [Theory]
    [InlineData("65536:1")]
    [InlineData("1:65536")]
    [InlineData("1")]
    [InlineData("1:2:3")]
    [InlineData("No-Export")]
    [InlineData("")]
    [InlineData(null)]
    public void A_malformed_community_is_refused(string? text) => Assert.False(Community.TryParse(text, out _));

    [Theory]
    [InlineData("65000:1:2")]
    [InlineData("4294967295:4294967295:0")]
    public void A_large_community_goes_both_ways(string text) => Assert.Equal(text, LargeCommunity.Parse(text).ToString());

    [Theory]
    [InlineData("65000:1")]
    [InlineData("4294967296:1:1")]
    public void A_malformed_large_community_is_refused(string text) => Assert.False(LargeCommunity.TryParse(text, out _));

    [Theory]
    [InlineData("rt:65000:100", 0x0002FDE800000064)]
    [InlineData("soo:65000:100", 0x0003FDE800000064)]
    [InlineData("rt:192.0.2.1:7", 0x0102C00002010007)]
    [InlineData("rt:4200000000:7", 0x0202FA56EA000007)]
    [InlineData("0x4004fde800000001", 0x4004FDE800000001)]
    public void An_extended_community_goes_both_ways(string text, ulong value)
    {
        Assert.Equal(new ExtendedCommunity(value), ExtendedCommunity.Parse(text));
        Assert.Equal(text, new ExtendedCommunity(value).ToString());
    }

    [Theory]
    [InlineData("rt:4200000000:65536")]
    [InlineData("rt:192.0.2.1:65536")]
    [InlineData("xx:1:1")]
    [InlineData("0x12")]
    public void A_malformed_extended_community_is_refused(string text) => Assert.False(ExtendedCommunity.TryParse(text, out _));
}
