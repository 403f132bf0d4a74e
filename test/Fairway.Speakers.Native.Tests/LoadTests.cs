using System.Buffers;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests;

/// <summary>Much to send to a slow peer, much to receive for a busy RIB.</summary>
public sealed class LoadTests : IAsyncLifetime
{
    private const int Prefixes = 200_000; // about 1 MB of UPDATEs
    private const int UpdatesPerPiece = 1000;
    private readonly ManualTimeProvider _clock = new();
    private readonly ushort _port = TestPorts.Free();
    private TestSpeaker _speaker = null!;

    public async Task InitializeAsync()
    {
        _speaker = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(64496, "127.0.0.1", _port), _clock);
        await _speaker.SetPeerAsync(TestSpeaker.PeerOf("127.0.0.2", _port, 64511) with { Passive = true });
    }

    [Fact]
    public async Task A_keepalive_overtakes_the_table_that_a_slow_reader_has_not_taken_yet()
    {
        await _speaker.ApplyAsync([.. Enumerable.Range(0, Prefixes).Select(Advertisement)]);
        using var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port, receiveBuffer: 8 * 1024);
        await stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(90)));
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.UpdatesOut > 0, "the first chunk is on its way");

        var sent = (await _speaker.PeerAsync("127.0.0.2")).UpdatesOut;
        _clock.Advance(TimeSpan.FromSeconds(30));

        var (before, after) = await CountAsync(stub);
        Assert.Equal(Prefixes, before + after);
        Assert.InRange(before, 1, Prefixes / 2); // a chunk, and what the kernel held: far from all
        Assert.True(sent > 0);
    }

    [Fact]
    public async Task A_busy_RIB_holds_the_sender_back_and_its_own_slowness_never_ends_the_session()
    {
        using var stub = await StubPeer.ConnectAsync(IpAddr.Parse("127.0.0.2"), IpAddr.Parse("127.0.0.1"), _port);
        await stub.OpenAsync(StubPeer.OpenOf(64511, "127.0.0.2", TimeSpan.FromSeconds(90)));
        await _speaker.EstablishedAsync("127.0.0.2");
        using var held = new ManualResetEventSlim();
        _speaker.Speaker.Instance!.Loop.Post(_ => held.Wait(StubPeer.Patience));
        var update = Encoded(StubPeer.Announcement(64511, "127.0.0.2", "192.0.2.0/24"));
        var piece = Enumerable.Repeat(update, UpdatesPerPiece).SelectMany(bytes => bytes).ToArray();
        var pieces = 32 * 1024 * 1024 / piece.Length;

        var progress = 0;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < pieces; i++)
            {
                await stub.SendAsync(piece);
                Volatile.Write(ref progress, i);
            }
        });
        await StandsStillAsync(() => Volatile.Read(ref progress));
        Assert.False(sending.IsCompleted, "the speaker took everything although nobody decided on it");
        _clock.Advance(TimeSpan.FromSeconds(300));
        held.Set();

        await sending.WaitAsync(TimeSpan.FromMinutes(1));
        await _speaker.PeerIsAsync("127.0.0.2", peer => peer.UpdatesIn == pieces * UpdatesPerPiece, "everything was read");
        Assert.Equal(BgpState.Established, (await _speaker.PeerAsync("127.0.0.2")).State);
    }

    public Task DisposeAsync() => _speaker.DisposeAsync().AsTask();

    private static SpeakerChange Advertisement(int index)
    {
        var prefix = new IpPrefix(IpAddr.FromIPv4(0xC6120000 + (uint)index), 32);
        return new SpeakerChange.Advertisement(prefix, null, new AdvertisedPrefix(prefix, [new AdvertisedAlternative(null, new AdvertisedAttributes())]));
    }

    private static byte[] Encoded(BgpMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        BgpMessageCodec.Encode(message, new SessionCodecOptions(), bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Prefixes that came before the KEEPALIVE that the clock made due, and after it.</summary>
    private static async Task<(int Before, int After)> CountAsync(StubPeer stub)
    {
        var (before, after, seen) = (0, 0, false);
        while (before + after < Prefixes)
        {
            switch (await stub.NextAsync())
            {
                case KeepaliveMessage:
                    seen = true;
                    break;
                case UpdateMessage update:
                    var count = update.Announced.Sum(routes => routes.Prefixes.Count);
                    (before, after) = seen ? (before, after + count) : (before + count, after);
                    break;
                default:
                    throw new InvalidOperationException("the session ended");
            }
        }

        return (before, after);
    }

    private static async Task StandsStillAsync(Func<int> progress)
    {
        var (last, same) = (-1, 0);
        await Eventually.HoldsAsync(
            () =>
            {
                same = progress() == last ? same + 1 : 0;
                last = progress();
                return same > 40;
            },
            "the sender is held back");
    }
}
