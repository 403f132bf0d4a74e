using Fairway.Net;
using Fairway.Net.Options;
using Fairway.Net.Policies;
using Fairway.Speakers.Native.Sockets;

namespace Fairway.Speakers.Native.Tests.Sockets;

/// <summary>Which of our addresses a session may name as next hop.</summary>
public sealed class SessionAddressesTests
{
    private static readonly InterfaceAddress[] Host =
    [
        On("lo", "127.0.0.1", 8), On("lo", "::1", 128), On("lo", "192.0.2.100", 32),
        On("eth0", "198.51.100.1", 24), On("eth0", "fe80::1", 64), On("eth0", "2001:db8::1", 64),
        On("eth1", "203.0.113.1", 24),
    ];

    [Fact]
    public void A_session_over_IPv4_takes_the_IPv6_addresses_of_its_interface()
    {
        var found = Find("198.51.100.1", "198.51.100.2", PeerType.External);

        Assert.Equal(new(IpAddr.Parse("198.51.100.1"), IpAddr.Parse("2001:db8::1"), IpAddr.Parse("fe80::1"), "eth0"), found);
    }

    [Fact]
    public void A_session_between_link_local_addresses_has_only_that_one_for_IPv6()
    {
        var options = new PeerOptions { Name = "peer", Key = new PeerKey(IpAddr.Parse("fe80::2"), "eth0") };

        var found = SessionAddresses.From(IpAddr.Parse("fe80::1"), options, Host);

        Assert.Equal(new(IpAddr.Parse("198.51.100.1"), IpAddr.Parse("fe80::1"), IpAddr.Parse("fe80::1"), "eth0"), found);
    }

    [Fact]
    public void A_multihop_session_shares_no_link()
    {
        var found = Find("192.0.2.100", "192.0.2.200", PeerType.Internal);

        Assert.Equal(new(IpAddr.Parse("192.0.2.100"), null, null, null), found);
    }

    [Fact]
    public void An_internal_peer_in_our_subnet_shares_the_link()
    {
        Assert.Equal("eth0", Find("198.51.100.1", "198.51.100.9", PeerType.Internal).Interface);
    }

    [Fact]
    public void A_loopback_address_is_a_next_hop_only_where_it_is_the_sessions_own()
    {
        var found = Find("127.0.0.1", "127.0.0.2", PeerType.External);

        Assert.Equal((IpAddr.Parse("127.0.0.1"), null), (found.IPv4, found.IPv6));
    }

    [Fact]
    public void An_interface_without_the_other_family_has_no_next_hop_for_it()
    {
        Assert.Equal(new(IpAddr.Parse("203.0.113.1"), null, null, "eth1"), Find("203.0.113.1", "203.0.113.2", PeerType.External));
    }

    private static SessionAddresses Find(string local, string peer, PeerType type) =>
        SessionAddresses.From(IpAddr.Parse(local), new PeerOptions { Name = "peer", Key = new PeerKey(IpAddr.Parse(peer)), Type = type }, Host);

    private static InterfaceAddress On(string name, string address, int length) => new(name, IpAddr.Parse(address), new IpPrefix(IpAddr.Parse(address), length));
}
