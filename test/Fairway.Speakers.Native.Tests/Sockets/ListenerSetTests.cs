using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Speakers.Native.Sockets;
using Fairway.Speakers.Native.Tests.Harness;
using Fairway.Testing.Time;

namespace Fairway.Speakers.Native.Tests.Sockets;

public sealed class ListenerSetTests : IAsyncDisposable
{
    private static readonly IpAddr Loopback = IpAddr.Parse("127.0.0.1");
    private static readonly IpAddr Loopback6 = IpAddr.Parse("::1");
    private readonly ushort _port = TestPorts.Free();
    private readonly ConcurrentQueue<Socket> _accepted = new();
    private readonly ListenerSet _listeners;

    public ListenerSetTests() => _listeners = new(_accepted.Enqueue, TimeProvider.System);

    [Fact]
    public async Task An_endpoint_without_address_listens_on_both_families()
    {
        Assert.Empty(await _listeners.ApplyAsync([new(null, _port)]));

        using var ipv4 = await Connect(Loopback, null);
        using var ipv6 = await Connect(Loopback6, null);

        await Eventually.HoldsAsync(() => _accepted.Count == 2, "both connections are accepted");
        Assert.Equal([new(null, _port)], _listeners.ReadEndpoints([new(null, _port)]));
    }

    [Fact]
    public async Task Port_0_listens_nowhere()
    {
        Assert.Empty(await _listeners.ApplyAsync([new(null, 0)]));

        Assert.Empty(_listeners.Listeners);
    }

    [Fact]
    public async Task A_port_in_use_is_a_problem_that_names_the_fix_and_the_other_endpoint_still_opens()
    {
        using var other = new Socket(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        other.Listen();

        var problems = await _listeners.ApplyAsync([new(Loopback, _port), new(IpAddr.Parse("127.0.0.2"), _port)]);

        Assert.Contains($"ss -ltnp sport = :{_port}", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Equal([new(IpAddr.Parse("127.0.0.2"), _port)], _listeners.ReadEndpoints([new(Loopback, _port), new(IpAddr.Parse("127.0.0.2"), _port)]));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Only_the_right_key_gets_through(string address)
    {
        var peer = IpAddr.Parse(address);
        _listeners.SetKey(peer, SecretValue.Of("right"));
        await _listeners.ApplyAsync([new(peer, _port)]);

        await AssertRefused(peer, null);
        await AssertRefused(peer, SecretValue.Of("wrong"));
        using var right = await Connect(peer, SecretValue.Of("right"));

        await Eventually.HoldsAsync(() => _accepted.Count == 1, "the signed connection is accepted");
    }

    [Fact]
    public async Task A_key_changes_and_goes_while_the_socket_listens()
    {
        await _listeners.ApplyAsync([new(Loopback, _port)]);
        _listeners.SetKey(Loopback, SecretValue.Of("old"));

        _listeners.SetKey(Loopback, SecretValue.Of("new"));
        await AssertRefused(Loopback, SecretValue.Of("old"));
        using var signed = await Connect(Loopback, SecretValue.Of("new"));

        _listeners.SetKey(Loopback, null);
        using var unsigned = await Connect(Loopback, null);
    }

    [Fact]
    public async Task Keys_are_read_back_from_the_kernel()
    {
        await _listeners.ApplyAsync([new(null, _port)]);
        _listeners.SetKey(Loopback, SecretValue.Of("one"));
        _listeners.SetKey(Loopback6, SecretValue.Of("two"));

        var keys = _listeners.ReadKeys();
        Assert.Equal("one", Encoding.UTF8.GetString(keys[Loopback]!));
        Assert.Equal("two", Encoding.UTF8.GetString(keys[Loopback6]!));

        _listeners.Listeners.Single(listener => listener.Address.Address.IsIPv4).RemoveKey(Loopback);
        Assert.Null(_listeners.ReadKeys()[Loopback]);
    }

    [Fact]
    public async Task A_socket_that_was_closed_behind_our_back_is_seen_and_opened_again()
    {
        ValueList<ListenEndpoint> wished = [new(Loopback, _port)];
        await _listeners.ApplyAsync(wished);

        using (var stolen = new Socket(new SafeSocketHandle(_listeners.Listeners.Single().Handle.DangerousGetHandle(), ownsHandle: false)))
        {
            stolen.Shutdown(SocketShutdown.Both);
        }

        Assert.Empty(_listeners.ReadEndpoints(wished));
        Assert.Empty(await _listeners.ApplyAsync(wished));
        Assert.Equal(wished, _listeners.ReadEndpoints(wished));
        using var again = await Connect(Loopback, null);
    }

    [Theory]
    [InlineData(SocketError.AccessDenied, "setcap cap_net_bind_service=+ep")]
    [InlineData(SocketError.AddressAlreadyInUse, "choose another port")]
    [InlineData(SocketError.AddressNotAvailable, "add it to an interface")]
    public void Each_refusal_of_the_kernel_comes_with_its_fix(SocketError error, string fix)
    {
        var reason = ListenerSet.ReasonOf(new SocketException((int)error), new ListenAddress(Loopback, 179));

        Assert.Contains(fix, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_more_than_80_octets_is_refused()
    {
        var refused = Assert.Throws<KeyRefusedException>(() => TcpMd5.KeyOf(SecretValue.Of(new string('x', 81))));

        Assert.Contains("81 octets", refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        foreach (var socket in _accepted)
        {
            socket.Dispose();
        }
    }

    private async Task<Socket> Connect(IpAddr address, SecretValue? key)
    {
        var options = new PeerOptions { Name = "peer", Key = new(address), Port = _port, Password = key };
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await PeerSocket.ConnectAsync(options, patience.Token);
    }

    // The kernel drops wrongly signed segments without a word, so a refusal is a connection that does not come while a right one does.
    private async Task AssertRefused(IpAddr address, SecretValue? key)
    {
        var options = new PeerOptions { Name = "peer", Key = new(address), Port = _port, Password = key };
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PeerSocket.ConnectAsync(options, patience.Token));
    }
}
