using System.Net.Sockets;
using Fairway.Bgp.Rib;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Sockets;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>What is broken behind our back is read as it is, and mended by the plan that leads back (design D6).</summary>
public sealed class DriftTests
{
    private static readonly PeerKey RightKey = new(IpAddr.Parse(SpeakerPair.RightAddress));

    [Fact]
    public async Task What_was_applied_is_what_is_read()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync(left: Signed, right: Signed);

        var observed = await pair.Left.Speaker.ReadAsync(CancellationToken.None);

        Assert.Equal(pair.Left.Applied.Instance, observed.State.Instance);
        Assert.Equal(pair.Left.Applied.Peers[RightKey], observed.State.Peers[RightKey]);
        Assert.Equal(pair.Left.Applied.Advertisements.Values, observed.State.Advertisements.Values);
        Assert.Empty(observed.Mismatches);
    }

    [Fact]
    public async Task A_listener_that_is_gone_is_read_as_gone_and_opened_again()
    {
        await using var pair = await SpeakerPair.StartAsync();
        using (var stolen = new Socket(new SafeSocketHandle(pair.Left.Speaker.Listeners.Listeners.Single().Handle.DangerousGetHandle(), ownsHandle: false)))
        {
            stolen.Shutdown(SocketShutdown.Both);
        }

        var observed = (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State.Instance!;
        Assert.Equal([new ListenEndpoint(null, 0)], observed.Listen);

        await pair.Left.ApplyAsync(new SpeakerChange.Instance(observed, pair.Left.Applied.Instance, ChangeImpact.None));
        await pair.ConnectAsync(left: peer => peer with { Passive = true });
    }

    [Fact]
    public async Task A_TTL_that_was_changed_is_read_and_mended_without_a_reset()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.ConnectAsync();
        var since = (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt;
        SocketOptions.SetTtl(pair.Left.Speaker.Instance!.Peers[RightKey].Snapshot.Socket!, 77);

        var observed = (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State.Peers[RightKey];
        Assert.Equal(77, observed.MultihopTtl);

        await pair.Left.ApplyAsync(new SpeakerChange.Peer(RightKey, observed, pair.RightAsPeer, ChangeImpact.Reset));
        await Eventually.HoldsAsync(
            async () => (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State.Peers[RightKey] == pair.RightAsPeer, "the TTL is right again");
        Assert.Equal(since, (await pair.Left.PeerAsync(SpeakerPair.RightAddress)).EstablishedAt);
    }

    [Fact]
    public async Task A_key_that_a_listener_lost_is_read_as_missing_and_set_again()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.SetPeerAsync(Signed(pair.RightAsPeer));
        pair.Left.Speaker.Listeners.Listeners.Single().RemoveKey(RightKey.Address);

        var observed = (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State.Peers[RightKey];
        Assert.Null(observed.Password);

        await pair.Left.ApplyAsync(new SpeakerChange.Peer(RightKey, observed, Signed(pair.RightAsPeer), ChangeImpact.Reset));
        Assert.Equal(Signed(pair.RightAsPeer), (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State.Peers[RightKey]);
    }

    [Fact]
    public async Task A_key_that_somebody_else_set_is_read_as_another_one()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.SetPeerAsync(Signed(pair.RightAsPeer));
        pair.Left.Speaker.Listeners.Listeners.Single().SetKey(RightKey.Address, SecretValue.Of("other"));

        var observed = (await pair.Left.Speaker.ReadAsync(CancellationToken.None)).State.Peers[RightKey];

        Assert.NotEqual(Signed(pair.RightAsPeer).Password, observed.Password);
        Assert.NotNull(observed.Password);
    }

    [Fact]
    public async Task A_row_that_is_missing_in_Adj_RIB_Out_is_told_and_sent_again()
    {
        await using var pair = await SpeakerPair.StartAsync();
        await pair.Left.AdvertiseAsync("192.0.2.1/32");
        await pair.ConnectAsync();
        await pair.Right.HoldsAsync("192.0.2.1/32");
        var prefix = IpPrefix.Parse("192.0.2.1/32");
        var instance = pair.Left.Speaker.Instance!;
        await instance.Loop.DoAsync(_ => Drop(instance.Peers[RightKey].Link.Peer, prefix), CancellationToken.None);
        var received = (await pair.Right.PeerAsync(SpeakerPair.LeftAddress)).UpdatesIn;

        var mismatch = Assert.Single((await pair.Left.Speaker.ReadAsync(CancellationToken.None)).Mismatches);
        Assert.Equal((SpeakerTable.AdjRibOut, prefix, RightKey, "not advertised"), (mismatch.Table, mismatch.Prefix, mismatch.Peer, mismatch.Observed));

        await pair.Left.Speaker.RepairAsync([mismatch], CancellationToken.None);
        await pair.Right.PeerIsAsync(SpeakerPair.LeftAddress, peer => peer.UpdatesIn > received, "sent the prefix again");
        Assert.Empty((await pair.Left.Speaker.ReadAsync(CancellationToken.None)).Mismatches);
    }

    private static void Drop(RibPeer peer, IpPrefix prefix)
    {
        var group = peer.Members.Single(member => member.Group.Table.Family == prefix.Family).Group;
        group.Log.Fill(group.Table.Find(prefix), default);
    }

    private static PeerOptions Signed(PeerOptions peer) => peer with { Password = SecretValue.Of("right") };
}
