using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;

namespace Fairway.Speakers.Native.Tests;

/// <summary>TCP MD5 (RFC 2385) between speakers.</summary>
public sealed class Md5Tests
{
    private static readonly SecretValue Right = SecretValue.Of("right");

    [Fact]
    public async Task The_same_key_on_both_sides_makes_a_session()
    {
        await using var pair = await SpeakerPair.StartAsync();

        await pair.ConnectAsync(left: peer => peer with { Password = Right }, right: peer => peer with { Password = Right });
    }

    [Fact]
    public async Task Different_keys_make_none_until_one_is_corrected()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.SetPeerAsync(pair.RightAsPeer with { Password = Right });
        await pair.Right.SetPeerAsync(pair.LeftAsPeer with { Password = SecretValue.Of("wrong") });
        await AssertNoSession(pair);

        await pair.Right.SetPeerAsync(pair.LeftAsPeer with { Password = Right });

        await pair.EstablishedAsync();
    }

    [Fact]
    public async Task A_changed_key_resets_the_session_and_both_meet_again_under_the_new_one()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.ConnectAsync(left: peer => peer with { Password = Right }, right: peer => peer with { Password = Right });
        var first = (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt;

        await pair.Left.SetPeerAsync(pair.RightAsPeer with { Password = SecretValue.Of("new") });
        await pair.Right.SetPeerAsync(pair.LeftAsPeer with { Password = SecretValue.Of("new") });

        await pair.Left.PeerIsAsync(SpeakerPair.RightAddress, peer => peer.EstablishedAt > first, "a second session");
        await pair.EstablishedAsync();
    }

    [Fact]
    public async Task A_missing_secret_keeps_the_peer_down_and_says_so()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.SetPeerAsync(pair.RightAsPeer with { Password = SecretValue.Missing("no such file") });
        await pair.Right.SetPeerAsync(pair.LeftAsPeer);

        await pair.Right.PeerIsAsync(SpeakerPair.LeftAddress, peer => peer.LastError is not null, "turned away");
        var held = await pair.Left.PeerAsync(SpeakerPair.RightAddress);
        Assert.Equal((BgpState.Idle, "SecretMissing: no such file"), (held.State, held.LastError));

        await pair.Left.SetPeerAsync(pair.RightAsPeer);
        await pair.EstablishedAsync();
    }

    [Fact]
    public async Task A_key_that_the_kernel_would_not_take_is_refused_without_touching_anything()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.ConnectAsync();

        await pair.Left.SetPeerAsync(pair.RightAsPeer with { Password = SecretValue.Of(new string('x', 81)) });

        var failure = Assert.Single(pair.Left.Failures);
        Assert.Contains("81 octets", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(pair.RightAsPeer, pair.Left.Applied.Peers[pair.RightAsPeer.Key]);
        Assert.Equal(BgpState.Established, (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).State);
    }

    // Neither side may come further than an unanswered connection, while several attempts are made.
    private static async Task AssertNoSession(SpeakerPair pair)
    {
        await pair.Left.PeerIsAsync(SpeakerPair.RightAddress, peer => peer.State is BgpState.Connect or BgpState.Active, "trying");
        Assert.Equal(0, (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).MessagesIn);
        Assert.Equal(0, (await pair.Right.PeerAsync(SpeakerPair.LeftAddress)).MessagesIn);
    }
}
