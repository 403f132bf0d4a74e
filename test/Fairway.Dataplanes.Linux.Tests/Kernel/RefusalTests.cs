using System.Globalization;
using Fairway.Net;

namespace Fairway.Dataplanes.Linux.Tests.Kernel;

using static Changes;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "192.0.2.2")]
    [InlineData("2001:db8:a::/48", "2001:db8::2")]
    public async Task A_foreign_route_at_our_prefix_and_metric_survives_and_is_named(string prefix, string gateway)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        space.Ip($"route add {prefix} via {gateway} proto static metric 20");
        var before = space.Routes(4);
        var wish = Unicast(prefix, space.Hop(gateway, "eth0"));

        var failure = Assert.Single(await dataplane.InstallAsync(wish));
        Assert.Empty(await dataplane.RemoveAsync(wish));

        Assert.Equal(new FibFailure(IpPrefix.Parse(prefix), FibRefusal.Conflict, "A route of protocol 4 (static) stands there at our metric 20; it is not ours to touch."), failure);
        Assert.Equal(before, space.Routes(4));
        Assert.Empty(space.Routes());
    }

    [Theory]
    [InlineData("203.0.113.0/24", "192.0.2.2", "192.0.2.3")]
    [InlineData("2001:db8:a::/48", "2001:db8::2", "2001:db8::3")]
    public async Task A_foreign_route_at_another_metric_stands_beside_ours_untouched(string prefix, string gateway, string other)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        foreach (var metric in new[] { 10, 30 })
            space.Ip($"route add {prefix} via {gateway} proto static metric {metric}");
        var before = space.Routes(4);
        var wish = Unicast(prefix, space.Hop(gateway, "eth0"));

        Assert.Empty(await dataplane.InstallAsync(wish));
        Assert.Empty(await dataplane.InstallAsync(Unicast(prefix, space.Hop(other, "eth0"))));
        Assert.Single(space.Routes());
        Assert.Empty(await dataplane.RemoveAsync(wish));

        Assert.Equal(before, space.Routes(4));
        Assert.Empty(space.Routes());
    }

    [Theory]
    [InlineData("203.0.113.0/24", "192.0.2.2", "192.0.2.3")]
    [InlineData("2001:db8:a::/48", "2001:db8::2", "2001:db8::3")]
    public async Task A_foreign_route_that_took_the_place_of_ours_is_not_replaced_in_turn(string prefix, string gateway, string foreign)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var wish = Unicast(prefix, space.Hop(gateway, "eth0"));
        Assert.Empty(await dataplane.InstallAsync(wish));

        space.Ip($"route replace {prefix} via {foreign} proto static metric 20");
        await dataplane.WaitForAsync(DataplaneSignal.Routes);

        Assert.Equal(FibRefusal.Conflict, Assert.Single(await dataplane.InstallAsync(wish)).Refusal);
        Assert.Empty(await dataplane.ReadRoutesAsync());
        Assert.Single(space.Routes(4));
        Assert.Empty(space.Routes());
    }

    [Theory]
    [InlineData("203.0.113.0/24", "10.9.9.9")]
    [InlineData("2001:db8:a::/48", "2001:db8:ffff::1")]
    public async Task A_gateway_that_is_not_on_the_link_is_unreachable(string prefix, string gateway)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;

        var failure = Assert.Single(await dataplane.InstallAsync(Unicast(prefix, space.Hop(gateway, "eth0"))));

        Assert.Equal(FibRefusal.Unreachable, failure.Refusal);
        Assert.Empty(space.Routes());
    }

    [Theory]
    [InlineData("203.0.113.0/24", "192.0.2.2")]
    [InlineData("2001:db8:a::/48", "2001:db8::2")]
    public async Task A_gateway_behind_a_link_that_is_down_is_unreachable(string prefix, string gateway)
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var wish = Unicast(prefix, space.Hop(gateway, "eth0"));
        space.Ip("link set eth0 down");

        Assert.Equal(FibRefusal.Unreachable, Assert.Single(await dataplane.InstallAsync(wish)).Refusal);
    }

    [Fact]
    public async Task Routes_that_the_kernel_could_not_express_are_refused_by_us()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var good = Unicast("203.0.113.9/32", space.Hop("192.0.2.2", "eth0"));

        var failures = await dataplane.InstallAsync(
            Unicast("203.0.113.1/32"),
            Unicast("203.0.113.2/32", space.Hop("2001:db8::2", "eth0")),
            Unicast("203.0.113.3/32", space.Hop("192.0.2.2", "eth0", weight: 257)),
            Unicast("203.0.113.4/32", space.Hop("192.0.2.2", "eth0") with { InterfaceIndex = 0 }),
            good);

        Assert.All(failures, failure => Assert.Equal(FibRefusal.Other, failure.Refusal));
        Assert.Equal(["203.0.113.1/32", "203.0.113.2/32", "203.0.113.3/32", "203.0.113.4/32"], failures.Select(failure => failure.Prefix.ToString()));
        Assert.Equal([good], await dataplane.ReadRoutesAsync());
    }

    [Fact]
    public async Task Among_100000_routes_the_three_that_are_refused_are_told_and_all_others_stand()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var (near, far) = (space.Hop("192.0.2.2", "eth0"), space.Hop("10.9.9.9", "eth0"));
        var routes = Enumerable.Range(0, 100_000).Select(number => Unicast(NthPrefix(number), number is 50_000 ? far : near)).ToArray();
        space.Ip($"route add {NthPrefix(255)} via 192.0.2.2 proto static metric 20");
        space.Ip($"route add {NthPrefix(99_999)} via 192.0.2.2 proto bird metric 20");

        var failures = await dataplane.InstallAsync(routes);

        Assert.Equal(
            [$"{NthPrefix(255)} Conflict", $"{NthPrefix(50_000)} Unreachable", $"{NthPrefix(99_999)} Conflict"],
            failures.Select(failure => $"{failure.Prefix} {failure.Refusal}"));
        Assert.Contains("protocol 12 (bird)", failures[2].Reason, StringComparison.Ordinal);
        var refused = failures.Select(failure => failure.Prefix).ToHashSet();
        Assert.Equal(routes.Where(route => !refused.Contains(route.Prefix)), await dataplane.ReadRoutesAsync());

        Assert.Empty(await dataplane.RemoveAsync(routes));
        Assert.Empty(space.Routes());
        Assert.Single(space.Routes(4));
    }

    private static string NthPrefix(int number) => string.Create(CultureInfo.InvariantCulture, $"10.{number >> 16}.{number >> 8 & 255}.{number & 255}/32");
}
