using Fairway.Dataplanes;
using Fairway.Net;
using Fairway.Net.NextHops;
using Fairway.Routing.Forwarding;
using Fairway.Testing.Speakers;

namespace Fairway.Routing.Tests.Forwarding;

/// <summary>The host has eth0 (192.0.2.1/24, 2001:db8::1/64) and eth1 (198.51.100.1/24, 2001:db8:1::1/64), both up.</summary>
public sealed class ForwardingCompilerTests
{
    [Fact]
    public async Task Several_paths_share_the_load_sorted_and_without_doubles()
    {
        using var bench = await RoutingBench.RunningAsync();

        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "198.51.100.2", "192.0.2.3", "192.0.2.2", "192.0.2.3"));

        Assert.Equal("203.0.113.0/24 via 192.0.2.2 dev eth0 via 192.0.2.3 dev eth0 via 198.51.100.2 dev eth1", bench.Fib.Text);
        Assert.All(bench.Fib.Routes.Values.Single().Hops, hop => Assert.Equal(1, hop.Weight));
    }

    [Fact]
    public async Task A_path_that_is_not_reachable_takes_no_load()
    {
        using var bench = await RoutingBench.RunningAsync();

        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "192.0.2.2", "172.16.0.9"));

        Assert.Equal("203.0.113.0/24 via 192.0.2.2 dev eth0", bench.Fib.Text);
    }

    [Fact]
    public async Task The_link_local_half_of_a_next_hop_is_the_way_where_the_global_one_is_not_on_our_link()
    {
        using var bench = await RoutingBench.RunningAsync();

        await bench.LearnAsync(
            Learn.Route("2001:db8:a::/48", Learn.Path("2001:db8::2", link: "eth0", linkLocal: "fe80::2")),
            Learn.Route("2001:db8:b::/48", Learn.Path("2001:db8:ffff::2", link: "eth0", linkLocal: "fe80::2")));

        Assert.Equal("2001:db8:a::/48 via 2001:db8::2 dev eth0\n2001:db8:b::/48 via fe80::2 dev eth0", bench.Fib.Text);
    }

    [Fact]
    public async Task Paths_that_must_not_be_installed_take_no_load_and_alone_are_told()
    {
        using var bench = await RoutingBench.RunningAsync();

        await bench.LearnAsync(
            Learn.Route("203.0.113.0/24", Learn.Path("192.0.2.2", install: false), Learn.Path("192.0.2.3")),
            Learn.Route("203.0.114.0/24", Learn.Path("192.0.2.2", install: false)));

        Assert.Equal("203.0.113.0/24 via 192.0.2.3 dev eth0", bench.Fib.Text);
        Assert.Equal("learned-install-off", bench.Why("203.0.114.0/24"));
    }

    [Theory]
    [InlineData("0.0.0.0/0", "a default route")]
    [InlineData("::/0", "a default route")]
    [InlineData("192.0.2.0/24", "the connected subnet of eth0")]
    [InlineData("192.0.2.128/25", "inside the connected subnet 192.0.2.0/24 of eth0")]
    [InlineData("2001:db8:1::5/128", "inside the connected subnet 2001:db8:1::/64 of eth1")]
    [InlineData("172.16.0.0/16", "it would become the way to the peer 172.16.0.9")] // the peer is reached by 172.16.0.0/12 now
    [InlineData("172.16.0.9/32", "it would become the way to the peer 172.16.0.9")]
    [InlineData("172.16.0.0/12", "it would become the way to the peer 172.16.0.9")] // the same prefix competes
    [InlineData("172.0.0.0/8", null)] // shorter: the peer's way stays
    [InlineData("172.16.1.0/24", null)] // does not contain the peer
    [InlineData("192.0.0.0/16", null)] // contains a connected subnet, which stays the longer match
    public async Task Protected_prefixes_stay_out(string prefix, string? danger)
    {
        using var bench = await RoutingBench.RunningAsync();
        await bench.Host.AddForeignAsync(IpPrefix.Parse("172.16.0.0/12"), IpAddr.Parse("192.0.2.254"), 50);
        await bench.SignalAsync();
        await bench.WishAsync(new RoutingWishes { SessionAddresses = [IpAddr.Parse("172.16.0.9"), IpAddr.Parse("192.0.2.2")] });

        await bench.LearnAsync(Learn.Route(prefix, prefix.Contains(':', StringComparison.Ordinal) ? "2001:db8::2" : "192.0.2.2"));

        var found = bench.Handler.Find(IpPrefix.Parse(prefix));
        Assert.Equal((danger is null, danger), (found.IsInstalled, found.Detail));
        Assert.Equal(danger is null ? NotInstalledReason.None : NotInstalledReason.Protected, found.Reason);
    }

    [Fact]
    public async Task Exactly_what_is_listed_may_be_installed_all_the_same()
    {
        using var bench = await RoutingBench.RunningAsync(new RoutingOptions { AllowProtected = [IpPrefix.Parse("0.0.0.0/0")] });

        await bench.LearnAsync(Learn.Route("0.0.0.0/0", "192.0.2.2"), Learn.Route("192.0.2.128/25", "192.0.2.2"));

        Assert.Equal("0.0.0.0/0 via 192.0.2.2 dev eth0", bench.Fib.Text);
    }

    [Fact]
    public async Task What_is_excluded_stays_out_with_everything_inside()
    {
        using var bench = await RoutingBench.RunningAsync(new RoutingOptions { Exclude = [IpPrefix.Parse("203.0.113.0/24")] });

        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "192.0.2.2"), Learn.Route("203.0.113.7/32", "192.0.2.2"), Learn.Route("203.0.112.0/20", "192.0.2.2"));

        Assert.Equal("203.0.112.0/20 via 192.0.2.2 dev eth0", bench.Fib.Text);
        Assert.Equal("excluded", bench.Why("203.0.113.7/32"));
    }

    [Fact]
    public async Task A_peer_on_a_loopback_address_is_nothing_to_forward_to()
    {
        using var bench = await RoutingBench.RunningAsync();

        await bench.LearnAsync(Learn.Route("203.0.113.0/24", "127.0.0.2"));

        Assert.Equal("next-hop-local", bench.Why("203.0.113.0/24"));
        Assert.Empty(bench.Steps);
    }

    [Theory]
    [InlineData("", "203.0.113.0/24 a", "+203.0.113.0/24")]
    [InlineData("203.0.113.0/24 a", "203.0.113.0/24 a", "")] // a second run changes nothing
    [InlineData("203.0.113.0/24 a", "203.0.113.0/24 b", "~203.0.113.0/24")]
    [InlineData("203.0.113.0/24 a", "", "-203.0.113.0/24")]
    [InlineData("203.0.112.0/24 a, 203.0.113.0/24 a", "203.0.113.0/24 b, 203.0.114.0/24 a", "~203.0.113.0/24 +203.0.114.0/24 -203.0.112.0/24")] // removals last
    public void A_fib_plan_leads_from_applied_to_desired(string applied, string desired, string expected)
    {
        var before = Table(applied);
        var after = Table(desired);

        var plan = FibPlanner.Between(before.GetValueOrDefault, after.GetValueOrDefault, [.. before.Keys.Union(after.Keys)]);

        Assert.Equal(expected, string.Join(' ', plan.Select(change => $"{(change.Before is null ? '+' : change.After is null ? '-' : '~')}{change.Prefix}")));
    }

    private static Dictionary<IpPrefix, FibRoute> Table(string text) => text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .Select(words => new FibRoute(IpPrefix.Parse(words[0]), FibRouteKind.Unicast, [new ResolvedHop(null, words[1], words[1][0])]))
        .ToDictionary(route => route.Prefix);
}
