using Fairway.Dataplanes.Linux.Netlink;
using Fairway.Dataplanes.Linux.Watching;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Tests;

public sealed class LinkTrackerTests
{
    private const LinkFlags Up = LinkFlags.Up | LinkFlags.Running;
    private static readonly LinkAddress Address = new(IpAddr.Parse("192.0.2.1"), IpPrefix.Parse("192.0.2.0/24"));
    private readonly LinkTracker _tracker = new();

    public LinkTrackerTests() => _tracker.Reset([new Link(3, "eth0", IsUp: true, [Address])]);

    [Fact]
    public void A_repetition_is_no_news()
    {
        Assert.Equal(Noticed.None, _tracker.Observe(new LinkMessage(3, "eth0", Up), isGone: false));
        Assert.Equal(Noticed.None, _tracker.Observe(new AddressMessage(3, Address), isGone: false));
        Assert.Equal(Noticed.None, _tracker.Observe(new LinkMessage(9, "gone", Up), isGone: true));
    }

    [Fact]
    public void A_link_that_goes_down_may_take_routes_along_and_one_that_comes_up_does_not()
    {
        Assert.Equal(Noticed.LinksLost, _tracker.Observe(new LinkMessage(3, "eth0", LinkFlags.Up), isGone: false));
        Assert.Equal(Noticed.Links, _tracker.Observe(new LinkMessage(3, "eth0", Up), isGone: false));
        Assert.Equal(Noticed.LinksLost, _tracker.Observe(new LinkMessage(3, "eth0", Up), isGone: true));
    }

    [Fact]
    public void A_new_name_is_more_than_a_new_link()
    {
        Assert.Equal(Noticed.Links, _tracker.Observe(new LinkMessage(4, "eth1", Up), isGone: false));
        Assert.Equal(Noticed.LinksLost, _tracker.Observe(new LinkMessage(4, "uplink", Up), isGone: false));
    }

    [Fact]
    public void An_address_that_goes_may_take_routes_along_and_a_new_one_does_not()
    {
        Assert.Equal(Noticed.LinksLost, _tracker.Observe(new AddressMessage(3, Address), isGone: true));
        Assert.Equal(Noticed.Links, _tracker.Observe(new AddressMessage(3, Address), isGone: false));
    }
}
