using System.Collections.Immutable;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Testing.Time;
using Xunit.Sdk;

namespace Fairway.Speakers.Native.Tests.Harness;

/// <summary>A native speaker on a loopback address, driven by plans like the agent's.</summary>
internal sealed class TestSpeaker : IAsyncDisposable
{
    private TestSpeaker(NativeSpeaker speaker, TestLog log)
    {
        Speaker = speaker;
        Log = log;
    }

    public TestLog Log { get; }

    public NativeSpeaker Speaker { get; }

    public SpeakerState Applied { get; private set; } = SpeakerState.Empty;

    public ImmutableArray<SpeakerFailure> Failures { get; private set; } = [];

    public static async Task<TestSpeaker> StartAsync(
        BgpInstanceOptions instance, TimeProvider? time = null, NativeSpeakerOptions? options = null)
    {
        var test = Create(time, options);
        await test.ApplyAsync(new SpeakerChange.Instance(null, instance, ChangeImpact.None));
        return test;
    }

    /// <summary>A speaker without an instance.</summary>
    public static TestSpeaker Create(TimeProvider? time = null, NativeSpeakerOptions? options = null)
    {
        var log = new TestLog();
        return new(new NativeSpeaker(options ?? new(), new EverythingIsReachable(), time ?? TimeProvider.System, new Random(1), log), log);
    }

    /// <summary>An instance that listens on one address.</summary>
    public static BgpInstanceOptions InstanceOf(uint asn, string address, ushort port) => new()
    {
        Asn = new Asn(asn),
        RouterId = IpAddr.Parse(address) is { IsIPv4: true } ipv4 ? new RouterId((uint)ipv4.Bits) : new RouterId(asn),
        Listen = [new ListenEndpoint(port == 0 ? null : IpAddr.Parse(address), port)],
    };

    public static PeerOptions PeerOf(string address, ushort port, uint asn, string? source = null) => new()
    {
        Name = address,
        Key = new PeerKey(IpAddr.Parse(address)),
        Port = port,
        Asn = new Asn(asn),
        SourceAddress = source is null ? null : IpAddr.Parse(source),
        Timers = new PeerTimers { ConnectRetry = TimeSpan.FromSeconds(1) },
    };

    public async Task<SpeakerReport> ApplyAsync(params SpeakerChange[] changes)
    {
        var report = await Speaker.ApplyAsync(new SpeakerPlan([.. changes]), Applied, CancellationToken.None).AsTask().WaitAsync(StubPeer.Patience);
        Applied = report.Applied;
        Failures = report.Failures;
        return report;
    }

    public Task SetPeerAsync(PeerOptions peer) =>
        ApplyAsync(new SpeakerChange.Peer(peer.Key, Applied.Peers.GetValueOrDefault(peer.Key), peer, ChangeImpact.None));

    public Task RemovePeerAsync(PeerKey key) => ApplyAsync(new SpeakerChange.Peer(key, Applied.Peers[key], null, ChangeImpact.Reset));

    public Task AdvertiseAsync(params string[] prefixes) => ApplyAsync([.. prefixes.Select(Advertisement)]);

    public Task WithdrawAsync(string prefix) =>
        ApplyAsync(new SpeakerChange.Advertisement(IpPrefix.Parse(prefix), Applied.Advertisements[IpPrefix.Parse(prefix)], null));

    public async Task<PeerStatus> PeerAsync(string address) =>
        (await Speaker.ReadPeersAsync(CancellationToken.None)).Single(peer => peer.Key.Address == IpAddr.Parse(address));

    public Task EstablishedAsync(string address) => StateAsync(address, BgpState.Established);

    public Task StateAsync(string address, BgpState state) => PeerIsAsync(address, peer => peer.State == state, state.ToString());

    public async Task PeerIsAsync(string address, Predicate<PeerStatus> fits, string what)
    {
        var seen = await PeerAsync(address);
        try
        {
            await Eventually.HoldsAsync(async () => fits(seen = await PeerAsync(address)), what);
        }
        catch (TrueException)
        {
            Assert.Fail($"peer {address} is not {what} but {seen}\n{string.Join('\n', Log.Lines)}");
        }
    }

    public async Task<List<RouteRow>> RoutesAsync(RouteView view = RouteView.LocRib, string? peer = null)
    {
        var rows = new List<RouteRow>();
        await foreach (var row in Speaker.ReadRoutesAsync(new RouteQuery(view, peer is null ? null : new PeerKey(IpAddr.Parse(peer))), CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Loc-RIB holds exactly these prefixes.</summary>
    public Task HoldsAsync(params string[] prefixes)
    {
        var expected = prefixes.Select(IpPrefix.Parse).Order().ToList();
        return Eventually.HoldsAsync(
            async () => (await RoutesAsync()).Select(row => row.Prefix).Distinct().Order().SequenceEqual(expected), $"Loc-RIB is {string.Join(' ', prefixes)}");
    }

    public ValueTask DisposeAsync() => Speaker.DisposeAsync();

    private static SpeakerChange Advertisement(string text)
    {
        var prefix = IpPrefix.Parse(text);
        return new SpeakerChange.Advertisement(prefix, null, new AdvertisedPrefix(prefix, [new AdvertisedAlternative(null, new AdvertisedAttributes())]));
    }
}
