using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>One listening socket and the task that accepts from it. The keys of peers are on the socket before it listens.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private const int Backlog = 128;
    private const int SocketLevel = 1;
    private const int AcceptsConnections = 30; // SO_ACCEPTCONN
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);
    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private Listener(ListenAddress address, Socket socket, Action<Socket> accepted, TimeProvider time)
    {
        Address = address;
        _socket = socket;
        _time = time;
        _accepting = AcceptAsync(accepted);
    }

    public ListenAddress Address { get; }

    /// <summary>Binds and listens. Throws <see cref="SocketException"/>, with nothing left open.</summary>
    public static Listener Open(ListenAddress address, IReadOnlyDictionary<IpAddr, SecretValue> keys, Action<Socket> accepted, TimeProvider time)
    {
        var socket = PeerSocket.New(address.Address);
        try
        {
            socket.Bind(new IPEndPoint(address.Address.ToIPAddress(), address.Port));
            foreach (var (peer, secret) in keys.Where(key => key.Key.IsIPv6 == address.Address.IsIPv6))
            {
                TcpMd5.Set(socket, peer, secret);
            }

            socket.Listen(Backlog);
            return new Listener(address, socket, accepted, time);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void SetKey(IpAddr peer, SecretValue secret) => TcpMd5.Set(_socket, peer, secret);

    public void RemoveKey(IpAddr peer) => TcpMd5.Remove(_socket, peer);

    /// <summary>Asks the kernel whether the socket still listens, and where we think it does.</summary>
    public bool IsListening()
    {
        try
        {
            Span<byte> value = stackalloc byte[sizeof(int)];
            _socket.GetRawSocketOption(SocketLevel, AcceptsConnections, value);
            return MemoryMarshal.Read<int>(value) != 0
                && _socket.LocalEndPoint is IPEndPoint local
                && IpAddr.From(local.Address) == Address.Address
                && local.Port == Address.Port;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>The keys that the kernel holds for this socket, or null where it does not let us see them.</summary>
    public IReadOnlyDictionary<IpAddr, byte[]>? ReadKeys(SocketDump dump) => dump.KeysOf(_socket);

    /// <summary>The file descriptor, for tests that break it.</summary>
    internal SafeSocketHandle Handle => _socket.SafeHandle;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync(Action<Socket> accepted)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                accepted(await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false));
            }
            catch (SocketException) when (IsListening())
            {
                // A connection that ended while it waited, or no file descriptor left for it.
                await Task.Delay(AcceptPause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception end) when (end is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
