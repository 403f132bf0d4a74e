using Fairway.Grpc.Wire;

namespace Fairway.Grpc.Tests.Wire;

public class PercentEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("no peer 192.0.2.1 ~!", "no peer 192.0.2.1 ~!")]
    [InlineData("50 %", "50 %25")]
    [InlineData("a\r\n\tb", "a%0D%0A%09b")]
    [InlineData("\u007f", "%7F")]
    [InlineData("ö", "%C3%B6")]
    [InlineData("🛣", "%F0%9F%9B%A3")]
    public void Text_is_the_same_both_ways(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("100%zz", "100%zz")]
    [InlineData("%c3%b6%", "ö%")]
    [InlineData("%FF", "\ufffd")]
    public void Decoding_never_fails(string encoded, string text) => Assert.Equal(text, PercentEncoding.Decode(encoded));
}
