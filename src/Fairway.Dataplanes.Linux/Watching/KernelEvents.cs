using System.Net.Sockets;
using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Dataplanes.Linux.Reading;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Watching;

/// <summary>
/// The kernel's messages about links, addresses and routes, boiled down to <see cref="Noticed"/>. What we caused ourselves is filtered
/// in the kernel. For one caller at a time.
/// </summary>
internal sealed class KernelEvents : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly Ownership _ownership;
    private readonly InstalledPrefixes _installed;
    private readonly LinkTracker _links = new();
    private readonly byte[] _received = new byte[128 * 1024];

    public KernelEvents(NetlinkSocket socket, uint ownPortId, int bufferBytes, Ownership ownership, InstalledPrefixes installed)
    {
        _socket = socket;
        _ownership = ownership;
        _installed = installed;
        _socket.SetReceiveBuffer(bufferBytes);
        _socket.IgnoreCausedBy(ownPortId);
        foreach (var group in Enum.GetValues<RouteGroup>())
            _socket.Subscribe(group);
    }

    /// <summary>Everything since <see cref="Clear"/>.</summary>
    public Noticed Noticed { get; private set; }

    public void Clear(Noticed noticed) => Noticed &= ~noticed;

    /// <summary>What is known from a complete reading.</summary>
    public void Reset(ValueList<Link> links) => _links.Reset(links);

    /// <summary>Takes in all messages that wait.</summary>
    public void TakeWaiting()
    {
        while (true)
        {
            var length = _socket.ReceiveNow(_received, out var error);
            if (error is SocketError.WouldBlock)
                return;

            Take(length, error);
        }
    }

    /// <summary>Waits for one more message.</summary>
    public async ValueTask TakeNextAsync(CancellationToken cancellationToken)
    {
        try
        {
            Take(await _socket.ReceiveAsync(_received, cancellationToken).ConfigureAwait(false), SocketError.Success);
        }
        catch (SocketException problem)
        {
            Take(0, problem.SocketErrorCode);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Take(int length, SocketError error)
    {
        if (error is SocketError.NoBufferSpaceAvailable)
            Noticed |= Noticed.Lost;
        else if (error is not SocketError.Success)
            throw new DataplaneException($"The kernel's messages cannot be read ({error}).");

        var reader = new NetlinkReader(_received.AsSpan(0, length));
        while (reader.MoveNext())
            Noticed |= Judge(reader.Header, reader.Body);
        if (reader.IsCutOff)
            Noticed |= Noticed.Lost;
    }

    private Noticed Judge(in NetlinkHeader header, ReadOnlySpan<byte> body) => header.Type switch
    {
        NetlinkType.NewLink or NetlinkType.DeleteLink =>
            LinkMessage.Decode(body) is { } link ? _links.Observe(link, header.Type is NetlinkType.DeleteLink) : Noticed.None,
        NetlinkType.NewAddress or NetlinkType.DeleteAddress =>
            AddressMessage.Decode(body) is { } address ? _links.Observe(address, header.Type is NetlinkType.DeleteAddress) : Noticed.None,
        NetlinkType.NewRoute or NetlinkType.DeleteRoute =>
            RouteCodec.Decode(body) is { IsSpecial: false } route ? JudgeRoute(route, header) : Noticed.None,
        _ => Noticed.None,
    };

    private Noticed JudgeRoute(RouteMessage route, in NetlinkHeader header)
    {
        var isGone = header.Type is NetlinkType.DeleteRoute;
        if (_ownership.IsOurs(route.Place))
        {
            if (isGone && route.Place == _ownership.Current)
                _installed.Remove(route.Prefix);

            // Nobody asked for it: the kernel itself gave the route up, for instance with its link.
            return header.PortId == 0 ? Noticed.LinksLost : Noticed.OwnRoutes;
        }

        if (!KernelReader.IsWatched(route.Place.Table, _ownership.Current) || !KernelReader.IsOfInterest(route))
            return Noticed.None;

        // A replaced route goes without a message: what is told is only the one that took its place.
        var isAtOurPlace = route.Place with { Protocol = _ownership.Current.Protocol } == _ownership.Current;
        return !isGone && isAtOurPlace && _installed.Remove(route.Prefix) ? Noticed.ForeignRoutes | Noticed.OwnRoutes : Noticed.ForeignRoutes;
    }
}
