using System.Net.NetworkInformation;
using Fairway.Net;
using Fairway.Net.Options;

namespace Fairway.Speakers.Native.Sockets;

/// <summary>
/// Our addresses that a session may name as next hop: its own, those of the other family on the same interface, and where the link is shared
/// its link-local one (RFC 2545 §3). A loopback address counts only where it is the session's own (design D14).
/// </summary>
internal sealed record SessionAddresses(IpAddr? IPv4, IpAddr? IPv6, IpAddr? LinkLocal, string? Interface)
{
    public static SessionAddresses Of(IpAddr local, PeerOptions options) => From(local, options, ReadInterfaces());

    public static SessionAddresses From(IpAddr local, PeerOptions options, IReadOnlyList<InterfaceAddress> host)
    {
        var name = options.Key.Interface ?? host.FirstOrDefault(entry => entry.Address == local).Interface;
        var mine = host.Where(entry => entry.Interface == name && name is not null).ToList();
        var isShared = PeerSocket.TtlOf(options) == 1
            || options.Key.Interface is not null
            || mine.Any(entry => entry.Subnet.Contains(options.Key.Address));
        var linkLocal = isShared ? First(mine, address => address is { IsIPv6: true, IsLinkLocal: true }) : null;
        return new(
            local.IsIPv4 ? local : First(mine, address => address is { IsIPv4: true, IsLoopback: false }),
            local.IsIPv6 ? local : First(mine, address => address is { IsIPv6: true, IsLoopback: false, IsLinkLocal: false }),
            linkLocal,
            isShared ? name : null);
    }

    private static IpAddr? First(List<InterfaceAddress> entries, Predicate<IpAddr> fits) =>
        entries.Find(entry => fits(entry.Address)) is { Interface: not null } found ? found.Address : null;

    private static List<InterfaceAddress> ReadInterfaces() =>
        [.. from device in NetworkInterface.GetAllNetworkInterfaces()
            from unicast in device.GetIPProperties().UnicastAddresses
            let address = IpAddr.From(unicast.Address)
            select new InterfaceAddress(device.Name, address, new IpPrefix(address, unicast.PrefixLength))];
}

/// <summary>An address of an interface of this host.</summary>
internal readonly record struct InterfaceAddress(string Interface, IpAddr Address, IpPrefix Subnet);
