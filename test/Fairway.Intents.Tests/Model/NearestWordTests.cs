using Fairway.Intents.Model;

namespace Fairway.Intents.Tests.Model;

public sealed class NearestWordTests
{
    private static readonly string[] Words = ["hold", "keepalive", "connectRetry", "address", "asn", "asOverride"];

    [Theory]
    [InlineData("hodl", "hold")]
    [InlineData("Hold", "hold")]
    [InlineData("holdTime", "hold")]
    [InlineData("keep-alive", "keepalive")]
    [InlineData("connectretry", "connectRetry")]
    [InlineData("adress", "address")]
    [InlineData("as", "asn")]
    [InlineData("banana", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void A_typo_finds_its_word_and_nothing_else_does(string typo, string? expected) => Assert.Equal(expected, NearestWord.Of(typo, Words));

    [Fact]
    public void A_very_long_word_is_not_compared_at_all() => Assert.Null(NearestWord.Of(new string('h', 100_000), Words));
}
