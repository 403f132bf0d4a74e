namespace Fairway.Net.Tests;

public sealed class IpPrefixTests
{
    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    [InlineData("::1", "::1/128")]
    public void A_prefix_is_masked_and_a_plain_address_is_a_host(string text, string expected) =>
        Assert.Equal(expected, IpPrefix.Parse(text).ToString());

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/255.0.0.0")]
    [InlineData("/8")]
    public void A_malformed_prefix_is_refused(string text) => Assert.False(IpPrefix.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", true)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", true)]
    [InlineData("10.1.0.0/16", "10.0.0.0/8", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1/32", true)]
    [InlineData("0.0.0.0/0", "::/0", false)]
    [InlineData("::/0", "2001:db8::/32", true)]
    public void Containment_needs_the_same_family_and_a_longer_length(string outer, string inner, bool contains) =>
        Assert.Equal(contains, IpPrefix.Parse(outer).Contains(IpPrefix.Parse(inner)));

    [Fact]
    public void The_longest_match_agrees_with_a_scan_of_all_entries()
    {
        var random = new Random(7);
        var map = new PrefixMap<int>();
        var all = new Dictionary<IpPrefix, int>();
        for (var i = 0; i < 2000; i++)
        {
            var prefix = new IpPrefix(IpAddr.FromIPv4((uint)random.Next(1 << 16) << 16), random.Next(33));
            if (random.Next(3) == 0)
            {
                Assert.Equal(all.Remove(prefix), map.Remove(prefix));
            }
            else
            {
                map[prefix] = all[prefix] = i;
            }
        }

        for (var i = 0; i < 500; i++)
        {
            var address = IpAddr.FromIPv4((uint)random.Next(1 << 16) << 16);
            var expected = all.Where(entry => entry.Key.Contains(address)).OrderByDescending(entry => entry.Key.Length);
            Assert.Equal(expected, map.Matches(address));
        }
    }
}
