using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Tests.Harness;

/// <summary>Two speakers, AS 64496 at 127.0.0.1 and AS 64511 at 127.0.0.2, on one free port.</summary>
internal sealed class SpeakerPair : IAsyncDisposable
{
    public const string LeftAddress = "127.0.0.1";
    public const string RightAddress = "127.0.0.2";
    public const uint LeftAsn = 64496;
    public const uint RightAsn = 64511;

    private SpeakerPair(TestSpeaker left, TestSpeaker right, ushort port)
    {
        Left = left;
        Right = right;
        Port = port;
    }

    public TestSpeaker Left { get; }

    public TestSpeaker Right { get; }

    public ushort Port { get; }

    public PeerOptions RightAsPeer => TestSpeaker.PeerOf(RightAddress, Port, RightAsn, LeftAddress);

    public PeerOptions LeftAsPeer => TestSpeaker.PeerOf(LeftAddress, Port, LeftAsn, RightAddress);

    /// <summary>Both listen; nobody has a peer yet.</summary>
    public static async Task<SpeakerPair> StartAsync()
    {
        var port = TestPorts.Free();
        var left = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(LeftAsn, LeftAddress, port));
        var right = await TestSpeaker.StartAsync(TestSpeaker.InstanceOf(RightAsn, RightAddress, port));
        return new SpeakerPair(left, right, port);
    }

    /// <summary>Gives each the other as peer and waits for the session.</summary>
    public async Task ConnectAsync(Func<PeerOptions, PeerOptions>? left = null, Func<PeerOptions, PeerOptions>? right = null)
    {
        await Left.SetPeerAsync((left ?? Same)(RightAsPeer));
        await Right.SetPeerAsync((right ?? Same)(LeftAsPeer));
        Assert.Empty(Left.Failures);
        Assert.Empty(Right.Failures);
        await EstablishedAsync();
    }

    public async Task EstablishedAsync()
    {
        await Left.EstablishedAsync(RightAddress);
        await Right.EstablishedAsync(LeftAddress);
    }

    public async ValueTask DisposeAsync()
    {
        await Left.DisposeAsync();
        await Right.DisposeAsync();
    }

    private static PeerOptions Same(PeerOptions peer) => peer;
}
