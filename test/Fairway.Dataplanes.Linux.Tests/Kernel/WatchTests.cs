using Fairway.Net;
using Fairway.Testing.Time;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

using static Changes;

public sealed class WatchTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "192.0.2.2")]
    [InlineData("2001:db8:a::/48", "2001:db8::2")]
    public async Task A_route_of_ours_that_somebody_deletes_is_noticed_missing_in_the_next_read_and_installed_again(string prefix, string gateway)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var wish = Unicast(prefix, space.Hop(gateway, "eth0"));
        Assert.Empty(await dataplane.InstallAsync(wish));

        space.Ip($"route delete {prefix} metric 20");
        await dataplane.WaitForAsync(DataplaneSignal.Routes);

        Assert.Empty(await dataplane.ReadRoutesAsync());
        Assert.Empty(await dataplane.InstallAsync(wish));
        Assert.Equal([wish], await dataplane.ReadRoutesAsync());
    }

    [Theory]
    [InlineData("203.0.113.0/24", "192.0.2.2", "192.0.2.3")]
    [InlineData("2001:db8:a::/48", "2001:db8::2", "2001:db8::3")]
    public async Task A_route_of_ours_that_somebody_changes_is_noticed_and_reads_as_it_is(string prefix, string gateway, string other)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        Assert.Empty(await dataplane.InstallAsync(Unicast(prefix, space.Hop(gateway, "eth0"))));

        space.Ip($"route replace {prefix} via {other} proto 196 metric 20");
        await dataplane.WaitForAsync(DataplaneSignal.Routes);

        Assert.Equal([Unicast(prefix, space.Hop(other, "eth0"))], await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task What_we_do_ourselves_wakes_nobody()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var hop = space.Hop("192.0.2.2", "eth0");
        var routes = Enumerable.Range(0, 20_000).Select(number => Unicast($"10.0.{number / 256}.{number % 256}/32", hop)).ToArray();

        Assert.Empty(await dataplane.InstallAsync(routes));
        Assert.Empty(await dataplane.RemoveAsync(routes));
        space.Ip("route add 203.0.113.1 via 192.0.2.2 proto static");

        Assert.Equal(DataplaneSignal.View, await dataplane.WaitForChangeAsync(CancellationToken.None));
        Assert.True(dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse("203.0.113.1/32"), out var _));
    }

    [Fact]
    public async Task Routes_that_vanish_with_their_link_are_noticed_as_the_links_doing_and_can_be_installed_when_it_returns()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        FibRoute[] wishes = [Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0")), Unicast("2001:db8:a::/48", space.Hop("fe80::2", "eth0"))];
        Assert.Empty(await dataplane.InstallAsync(wishes));

        space.Ip("link set eth0 down");
        Assert.Equal(DataplaneSignal.View | DataplaneSignal.Routes, await dataplane.WaitForChangeAsync(CancellationToken.None));

        Assert.False(dataplane.View.FindLink("eth0")!.IsUp);
        Assert.Empty(await dataplane.ReadRoutesAsync());

        space.Ip("link set eth0 up");
        await dataplane.WaitForViewAsync(view => view.FindLink("eth0")!.IsUp && view.ForeignRoutes.TryGet(IpPrefix.Parse("192.0.2.0/24"), out var _));

        Assert.Empty(await dataplane.InstallAsync(wishes));
        Assert.Equal(wishes, await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task A_link_that_was_down_for_a_moment_only_still_calls_for_a_read()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        Assert.Empty(await dataplane.InstallAsync(Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"))));

        space.IpBatch(["link set eth0 down", "link set eth0 up"]);
        await dataplane.WaitForAsync(DataplaneSignal.View | DataplaneSignal.Routes);

        Assert.Empty(await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task A_lost_carrier_shows_in_the_view()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;

        space.Ip("link set far0 down");
        await dataplane.WaitForViewAsync(view => !view.FindLink("eth0")!.IsUp);

        space.Ip("link set far0 up");
        await dataplane.WaitForViewAsync(view => view.FindLink("eth0")!.IsUp);
    }

    [Fact]
    public async Task An_address_that_is_removed_takes_its_subnet_and_the_last_one_our_routes_along()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        Assert.Empty(await dataplane.InstallAsync(Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"))));

        space.Ip("address delete 192.0.2.1/24 dev eth0");
        await dataplane.WaitForAsync(DataplaneSignal.View | DataplaneSignal.Routes);

        Assert.DoesNotContain(dataplane.View.FindLink("eth0")!.Addresses, address => address.Address == IpAddr.Parse("192.0.2.1"));
        Assert.False(dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse("192.0.2.0/24"), out var _));
        Assert.Empty(await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task A_link_that_appears_is_in_the_view_and_one_that_goes_is_not()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;

        space.Ip("link add late type bridge");
        await dataplane.WaitForViewAsync(view => view.FindLink("late") is not null);

        space.Ip("link set late name later");
        await dataplane.WaitForViewAsync(view => view.FindLink("later") is not null && view.FindLink("late") is null);

        space.Ip("link delete later");
        await dataplane.WaitForViewAsync(view => view.FindLink("later") is null);
    }

    [Fact]
    public async Task When_messages_are_lost_everything_is_to_be_read_again()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync(new() { EventBufferBytes = 1 });
        await using var _ = space;
        Assert.Empty(await dataplane.InstallAsync(Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"))));

        var foreign = Enumerable.Range(0, 1000).Select(number => $"10.0.{number / 250}.{number % 250}").ToList();
        space.IpBatch([.. foreign.Select(prefix => $"route add {prefix} via 192.0.2.2 proto static"), "route delete 203.0.113.0/24"]);
        await dataplane.WaitForAsync(DataplaneSignal.View | DataplaneSignal.Routes);

        Assert.True(dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse($"{foreign[^1]}/32"), out var _));
        Assert.Empty(await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task Waiting_can_be_given_up_and_taken_up_again_without_losing_a_change()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        Assert.Empty(await dataplane.InstallAsync(Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"))));
        using var given = new CancellationTokenSource();
        var waiting = dataplane.WaitForChangeAsync(given.Token).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        space.Ip("route delete 203.0.113.0/24");

        await dataplane.WaitForAsync(DataplaneSignal.Routes);
    }

    [Fact]
    public async Task Foreign_routes_are_looked_at_once_and_then_after_a_pause_while_our_own_never_wait()
    {
        await using var space = new TestNamespace();
        var time = new ManualTimeProvider();
        var dataplane = await space.OpenAsync(time: time);
        Assert.Empty(await dataplane.InstallAsync(Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"))));
        space.Ip("route add 203.0.113.1 via 192.0.2.2 proto static");
        Assert.Equal(DataplaneSignal.View, await dataplane.WaitForChangeAsync(CancellationToken.None));

        space.Ip("route add 203.0.113.2 via 192.0.2.2 proto static");
        var next = dataplane.WaitForChangeAsync(CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => time.PendingTimers > 0, "the pause begins");
        space.Ip("route delete 203.0.113.0/24");
        Assert.Equal(DataplaneSignal.Routes, await next);

        next = dataplane.WaitForChangeAsync(CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => time.PendingTimers > 0, "the pause goes on");
        Assert.False(dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse("203.0.113.2/32"), out var _));
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(DataplaneSignal.View, await next);
        Assert.True(dataplane.View.ForeignRoutes.TryGet(IpPrefix.Parse("203.0.113.2/32"), out var _));
    }
}
