using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Fairway.Bgp.Wire;
using Fairway.Net;

namespace Fairway.Speakers.Native.Tests.Harness;

/// <summary>A peer that does only what the test says: a TCP connection, messages in, messages out.</summary>
internal sealed class StubPeer(Socket socket) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SessionCodecOptions _codec = new() { PeerAddress = IpAddr.From(((IPEndPoint)socket.RemoteEndPoint!).Address) };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _filled;

    public Socket Socket { get; } = socket;

    public static async Task<StubPeer> ConnectAsync(IpAddr from, IpAddr to, ushort port, int receiveBuffer = 0)
    {
        var socket = new Socket(from.ToIPAddress().AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        socket.Bind(new IPEndPoint(from.ToIPAddress(), 0));
        await socket.ConnectAsync(new IPEndPoint(to.ToIPAddress(), port)).WaitAsync(Patience);
        return new StubPeer(socket);
    }

    public static OpenMessage OpenOf(uint asn, string routerId, TimeSpan hold, params Capability[] more) => new()
    {
        MyAs = OpenMessage.MyAsOf(new Asn(asn)),
        HoldTime = hold,
        RouterId = RouterId.Parse(routerId),
        Capabilities =
        [
            new MultiprotocolCapability(Net.AddressFamily.Ipv4Unicast), new MultiprotocolCapability(Net.AddressFamily.Ipv6Unicast), new RouteRefreshCapability(),
            new FourOctetAsCapability(new Asn(asn)), .. more,
        ],
    };

    /// <summary>Exchanges OPEN and KEEPALIVE; answers the speaker's OPEN.</summary>
    public async Task<OpenMessage> OpenAsync(OpenMessage open)
    {
        await SendAsync(open);
        var theirs = await ReceiveAsync<OpenMessage>();
        await SendAsync(KeepaliveMessage.Instance);
        await ReceiveAsync<KeepaliveMessage>();
        return theirs;
    }

    public async Task SendAsync(BgpMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        BgpMessageCodec.Encode(message, _codec, bytes);
        await SendAsync(bytes.WrittenMemory);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await Socket.SendAsync(bytes)..];
        }
    }

    /// <summary>The next message, whatever it is; null once the speaker has closed.</summary>
    public async Task<BgpMessage?> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (TakeOne() is { } message)
            {
                return message;
            }

            var read = await ReadAsync(patience.Token);
            if (read == 0)
            {
                return null;
            }

            _filled += read;
        }
    }

    /// <summary>The next message of this type; others are passed over.</summary>
    public async Task<T> ReceiveAsync<T>()
        where T : BgpMessage
    {
        while (await NextAsync() is { } message)
        {
            if (message is T wanted)
            {
                return wanted;
            }
        }

        throw new InvalidOperationException($"the speaker closed before it sent {typeof(T).Name}");
    }

    /// <summary>Announces prefixes with a plain set of attributes.</summary>
    public Task AnnounceAsync(uint asn, string nextHop, params string[] prefixes) => SendAsync(Announcement(asn, nextHop, prefixes));

    public static UpdateMessage Announcement(uint asn, string nextHop, params string[] prefixes) => new()
    {
        Announced = [new(IpPrefix.Parse(prefixes[0]).Family, Attributes(asn, nextHop), [.. prefixes.Select(IpPrefix.Parse)])],
    };

    public void Dispose() => Socket.Dispose();

    private static AttributeSet Attributes(uint asn, string nextHop) => AttributeSet.Of(new PathAttributes
    {
        Origin = Net.Routes.Origin.Igp,
        AsPath = Net.Routes.AsPath.Empty.Prepend(new Asn(asn)),
        NextHop = IpAddr.Parse(nextHop),
    });

    private BgpMessage? TakeOne()
    {
        var length = BgpFraming.MessageLength(_buffer.AsSpan(0, _filled)).Value;
        if (length == 0 || length > _filled)
        {
            return null;
        }

        var decoded = BgpMessageCodec.Decode(_buffer.AsSpan(0, length), _codec);
        _buffer.AsSpan(length, _filled - length).CopyTo(_buffer);
        _filled -= length;
        Assert.Empty((decoded.Value as UpdateMessage)?.Problems ?? []);
        return decoded.Value ?? throw new InvalidOperationException(decoded.Error!.Reason);
    }

    private async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
