using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>
/// The listening sockets and the MD5 keys that all of them carry. Changes come from one caller at a time (the plan in hand); accepted
/// connections go to the callback from any thread.
/// </summary>
internal sealed class ListenerSet(Action<Socket> accepted, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<ListenAddress, Listener> _listeners = [];
    private readonly Dictionary<IpAddr, SecretValue> _keys = [];

    /// <summary>
    /// Opens what is wished and not open, closes what is open and not wished, leaves the rest alone. Answers a reason for each endpoint that
    /// could not be opened.
    /// </summary>
    public async ValueTask<ImmutableArray<string>> ApplyAsync(ValueList<ListenEndpoint> wished)
    {
        var wanted = wished.SelectMany(endpoint => ListenAddress.Of(endpoint)).ToHashSet();
        foreach (var (address, listener) in _listeners.ToArray())
        {
            if (!wanted.Contains(address) || !listener.IsListening())
            {
                _listeners.Remove(address);
                await listener.DisposeAsync().ConfigureAwait(false);
            }
        }

        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var address in wanted.Where(address => !_listeners.ContainsKey(address)))
        {
            try
            {
                _listeners.Add(address, Listener.Open(address, _keys, accepted, time));
            }
            catch (SocketException refused)
            {
                problems.Add($"cannot listen on {address}: {ReasonOf(refused, address)}");
            }
        }

        return problems.ToImmutable();
    }

    /// <summary>Gives every listener the peer's key, or takes it away.</summary>
    public void SetKey(IpAddr peer, SecretValue? secret)
    {
        if (secret is null)
        {
            _keys.Remove(peer);
        }
        else
        {
            _keys[peer] = secret;
        }

        foreach (var listener in _listeners.Values.Where(listener => listener.Address.Address.IsIPv6 == peer.IsIPv6 && listener.IsListening()))
        {
            if (secret is null)
            {
                listener.RemoveKey(peer);
            }
            else
            {
                listener.SetKey(peer, secret);
            }
        }
    }

    /// <summary>The endpoints all of whose sockets listen, asked of the kernel.</summary>
    public ValueList<ListenEndpoint> ReadEndpoints(ValueList<ListenEndpoint> wished) =>
        [.. wished.Where(endpoint => ListenAddress.Of(endpoint).All(IsListening))];

    private bool IsListening(ListenAddress address) => _listeners.TryGetValue(address, out var listener) && listener.IsListening();

    /// <summary>
    /// Each key that the kernel has on some listener of its family, and null for a peer whose key one of them lacks. Where the kernel does
    /// not show keys, those that were set.
    /// </summary>
    public IReadOnlyDictionary<IpAddr, byte[]?> ReadKeys()
    {
        var dump = SockDiag.ReadListeners();
        var read = new Dictionary<IpAddr, byte[]?>();
        foreach (var listener in _listeners.Values.Where(listener => listener.IsListening()))
        {
            foreach (var peer in _keys.Keys.Where(peer => peer.IsIPv6 == listener.Address.Address.IsIPv6))
            {
                var seen = listener.ReadKeys(dump) is { } keys ? keys.GetValueOrDefault(peer) : TcpMd5.KeyOf(_keys[peer]);
                read[peer] = read.TryGetValue(peer, out var earlier) && earlier is null ? null : seen;
            }
        }

        return read;
    }

    internal IEnumerable<Listener> Listeners => _listeners.Values;

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners.Values)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }

        _listeners.Clear();
    }

    internal static string ReasonOf(SocketException refused, ListenAddress address) => refused.SocketErrorCode switch
    {
        SocketError.AccessDenied =>
            "ports below 1024 need CAP_NET_BIND_SERVICE: run 'setcap cap_net_bind_service=+ep' on the fairway binary, start it as root, "
            + "or choose a port above 1023 in BgpInstance spec.listen",
        SocketError.AddressAlreadyInUse =>
            $"another program listens there ('ss -ltnp sport = :{address.Port}' names it): stop it, "
            + "or choose another port in BgpInstance spec.listen",
        SocketError.AddressNotAvailable =>
            "this host has no such address: add it to an interface, or remove it from BgpInstance spec.listen",
        _ => refused.Message,
    };
}
