using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>Where one socket listens: a <see cref="ListenEndpoint"/> without an address makes one for each family.</summary>
internal readonly record struct ListenAddress(IpAddr Address, ushort Port)
{
    private const ushort BgpPort = 179;
    private static readonly ListenEndpoint Everywhere = new(null, BgpPort);

    /// <summary>What an instance wishes; an empty list is the default, port 0 listens nowhere.</summary>
    public static ValueList<ListenEndpoint> Wished(BgpInstanceOptions instance) => instance.Listen.IsEmpty ? [Everywhere] : instance.Listen;

    /// <summary>The sockets that an endpoint needs on this host.</summary>
    public static ImmutableArray<ListenAddress> Of(ListenEndpoint endpoint) => endpoint switch
    {
        { Port: 0 } => [],
        { Address: { } address } => [new(address, endpoint.Port)],
        _ when Socket.OSSupportsIPv6 => [new(IpAddr.FromIPv4(0), endpoint.Port), new(IpAddr.FromIPv6(0), endpoint.Port)],
        _ => [new(IpAddr.FromIPv4(0), endpoint.Port)],
    };

    public override string ToString() => Address.IsIPv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
