using Fairway.Net.Options;

namespace Fairway.Net.Tests;

public sealed class SecretValueTests
{
    [Fact]
    public void A_secret_never_shows_in_text_of_what_holds_it()
    {
        var peer = new PeerOptions { Name = "tor1", Key = new(IpAddr.Parse("192.0.2.1")), Password = SecretValue.Of("hunter2") };

        Assert.DoesNotContain("hunter2", peer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_secret_says_why_and_gives_nothing()
    {
        var secret = SecretValue.Missing("cannot read /etc/fairway/tor1.key");

        Assert.True(secret.IsMissing);
        Assert.Throws<InvalidOperationException>(() => secret.Reveal());
    }
}
