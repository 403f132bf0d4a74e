using System.Buffers;
using Fairway.Bgp.Rib;
using Fairway.Bgp.Wire;
using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Net.Routes;

namespace Fairway.Bgp.Tests.Rib;

/// <summary>A speaker's tables with peers around them, for tests that read like a story.</summary>
internal sealed class RibWorld
{
    private readonly Dictionary<RibPeer, ModelReceiver> _receivers = [];

    public RibWorld(Asn asn, MultipathOptions? multipath = null) =>
        Rib = new(new() { Asn = asn, RouterId = RouterId.Parse("192.0.2.1"), Multipath = multipath ?? new() }, Resolver);

    public RibWorld()
        : this(new Asn(64500))
    {
    }

    public SwitchableResolver Resolver { get; } = new();

    public BgpRib Rib { get; }

    public static PeerOptions External(string address, uint asn) => new() { Name = address, Key = new(IpAddr.Parse(address)), Asn = new(asn), Type = PeerType.External };

    public static PeerOptions Internal(string address) => new() { Name = address, Key = new(IpAddr.Parse(address)), Type = PeerType.Internal };

    public RibPeer Up(PeerOptions options)
    {
        var peer = Rib.AddPeer(options);
        Up(peer);
        return peer;
    }

    public void Up(RibPeer peer)
    {
        _receivers[peer] = new(fourOctetAs: true, isInternal: peer.Options.Type == PeerType.Internal);
        Rib.PeerUp(peer, new()
        {
            PeerAsn = peer.Options.Asn ?? new(64500),
            PeerRouterId = new((uint)peer.Options.Key.Address.Bits),
            Families = [AddressFamily.Ipv4Unicast, AddressFamily.Ipv6Unicast],
            LocalIPv4 = IpAddr.Parse("198.51.100.254"),
            LocalIPv6 = IpAddr.Parse("2001:db8:1::254"),
            LocalLinkLocal = IpAddr.Parse("fe80::254"),
        });
    }

    public void Learn(RibPeer peer, string prefix, Func<PathAttributes, PathAttributes>? change = null)
    {
        var to = IpPrefix.Parse(prefix);
        var attributes = new PathAttributes
        {
            Origin = Origin.Igp,
            AsPath = peer.Options.Type == PeerType.External ? AsPath.Sequence(peer.Options.Asn!.Value) : AsPath.Sequence(new Asn(64999)),
            NextHop = to.IsIPv6 ? IpAddr.Parse("2001:db8:1::1") : peer.Options.Key.Address,
            LocalPref = peer.Options.Type == PeerType.Internal ? 100 : null,
        };
        Rib.Learn(peer, new() { Announced = [new(to.Family, AttributeSet.Of(change?.Invoke(attributes) ?? attributes), [to])] });
    }

    public void Withdraw(RibPeer peer, string prefix) => Rib.Learn(peer, new() { Withdrawn = [IpPrefix.Parse(prefix)] });

    public void Advertise(string prefix, AdvertisedAttributes? attributes = null) =>
        Rib.SetLocal(new(IpPrefix.Parse(prefix), [new(null, attributes ?? new())]));

    public void Process()
    {
        while (Rib.HasWork)
            Rib.Process(10_000);
    }

    /// <summary>Does all work and returns everything that is then written to the peer.</summary>
    public byte[] Write(RibPeer peer)
    {
        Process();
        var output = new ArrayBufferWriter<byte>();
        while (Rib.HasUpdates(peer))
            Rib.WriteUpdates(peer, output, 65_536);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Does all work, sends all of it, and returns the messages that made and the table the peer then has.</summary>
    public (int Messages, Dictionary<IpPrefix, AttributeSet> Table) Send(RibPeer peer)
    {
        var receiver = _receivers[peer];
        var before = receiver.Messages;
        receiver.Receive(Write(peer));
        return (receiver.Messages - before, receiver.Table);
    }

    /// <summary>The table the peer has, once all is sent; prefixes as text.</summary>
    public IReadOnlyList<string> Sent(RibPeer peer) => [.. Send(peer).Table.Keys.Order().Select(prefix => prefix.ToString())];

    /// <summary>The attributes the peer has for the prefix, once all is sent.</summary>
    public PathAttributes Sent(RibPeer peer, string prefix) => Send(peer).Table[IpPrefix.Parse(prefix)].Value;

    public IReadOnlyList<AddressFamily> EndOfRibs(RibPeer peer) => _receivers[peer].EndOfRibs;

    /// <summary>Peers of the learned route, the best first.</summary>
    public IReadOnlyList<string> Learned(string prefix)
    {
        Process();
        return [.. Rib.FindLearned(IpPrefix.Parse(prefix)).Paths.Items.Select(path => path.Peer.Options.Name)];
    }
}
