using Fairway.Net;
using Fairway.Speakers;
using Fairway.Testing.Speakers;

namespace Fairway.Routing.Tests;

/// <summary>An agent that died left routes behind; forwarding goes on over its successor's start (design D8).</summary>
public sealed class RestartTests
{
    private const string Kept = "203.0.113.0/24";
    private const string Gone = "203.0.114.0/24";
    private const string Moved = "2001:db8:a::/48";

    [Fact]
    public async Task What_is_wished_again_stays_untouched_and_the_rest_goes_when_re_learning_is_complete()
    {
        using var bench = await WithLeftoversAsync();

        await bench.LearnAsync(Learn.Route(Kept, "192.0.2.2"));
        Assert.Empty(bench.Fib.Batches);
        Assert.True(bench.Handler.Find(IpPrefix.Parse(Kept)).IsInstalled);

        await bench.CompleteAsync();
        Assert.Equal([IpPrefix.Parse(Gone), IpPrefix.Parse(Moved)], bench.Steps.Select(step => step.Prefix));
        Assert.All(bench.Steps, step => Assert.Null(step.After));
        Assert.Equal($"{Kept} via 192.0.2.2 dev eth0", bench.Fib.Text);
        Assert.Empty(bench.DriftLines());
    }

    [Fact]
    public async Task Each_family_is_swept_when_it_is_complete()
    {
        using var bench = await WithLeftoversAsync();

        await bench.CompleteAsync(AddressFamily.Ipv4Unicast);
        Assert.Equal([AddressFamily.Ipv6Unicast], bench.Handler.Snapshot.Restarting.AsEnumerable());
        Assert.Equal($"{Moved} via 2001:db8::2 dev eth0", bench.Fib.Text);

        await bench.CompleteAsync(AddressFamily.Ipv6Unicast);
        Assert.Empty(bench.Handler.Snapshot.Restarting);
        Assert.Equal("", bench.Fib.Text);
    }

    [Fact]
    public async Task A_route_that_leads_elsewhere_now_is_changed_in_place_at_once()
    {
        using var bench = await WithLeftoversAsync();

        await bench.LearnAsync(Learn.Route(Moved, "2001:db8:1::2"));

        var step = Assert.Single(bench.Steps);
        Assert.NotNull(step.Before);
        Assert.NotNull(step.After);
    }

    [Fact]
    public async Task While_re_learning_runs_nothing_of_the_old_is_removed_not_even_what_came_and_went()
    {
        using var bench = await WithLeftoversAsync();
        var before = bench.Fib.Text;

        await bench.LearnAsync(Learn.Route(Kept, "192.0.2.2"));
        await bench.WithdrawAsync(Kept);
        await bench.AdvanceAsync(30);

        Assert.Equal(before, bench.Fib.Text);
        Assert.Empty(bench.Fib.Batches);
        await bench.CompleteAsync();
        Assert.Equal("", bench.Fib.Text);
    }

    [Fact]
    public async Task A_new_route_is_installed_and_removed_while_re_learning_runs()
    {
        using var bench = await WithLeftoversAsync();

        await bench.LearnAsync(Learn.Route("203.0.115.0/24", "192.0.2.2"));
        await bench.WithdrawAsync("203.0.115.0/24");

        Assert.Equal(["+203.0.115.0/24", "-203.0.115.0/24"], bench.Steps.Select(step => $"{(step.After is null ? '-' : '+')}{step.Prefix}"));
    }

    [Fact]
    public async Task Nothing_is_swept_before_it_is_known_what_else_is_wished()
    {
        using var bench = await RoutingBench.RunningAsync();
        var aggregate = IpPrefix.Parse("203.0.112.0/20");
        await bench.WishAsync(new RoutingWishes { Blackholes = [aggregate] });
        await bench.RestartAsync();

        await bench.CompleteAsync();
        Assert.Equal("203.0.112.0/20 unreachable", bench.Fib.Text);

        await bench.WishAsync(new RoutingWishes { Blackholes = [aggregate] });
        Assert.Empty(bench.Fib.Batches);
        Assert.Empty(bench.Handler.Snapshot.Restarting);
    }

    [Fact]
    public async Task Routes_of_an_earlier_configuration_go_once_the_wished_ones_are_in_place()
    {
        using var bench = await WithLeftoversAsync();
        bench.Fib.Duplicates.Add(bench.Unicast(Kept, "192.0.2.2", "eth0"));
        await bench.RestartAsync();
        await bench.WishAsync(new RoutingWishes());
        await bench.LearnAsync(Learn.Route(Kept, "192.0.2.2"));
        Assert.Single(bench.Fib.Duplicates);

        await bench.CompleteAsync();

        Assert.Empty(bench.Fib.Duplicates);
    }

    [Fact]
    public async Task A_link_that_goes_down_while_re_learning_runs_is_followed()
    {
        using var bench = await WithLeftoversAsync();
        await bench.LearnAsync(Learn.Route(Kept, "192.0.2.2", "198.51.100.2"));

        await bench.LinkAsync("eth0", up: false);

        Assert.Contains($"{Kept} via 198.51.100.2 dev eth1", bench.Fib.Text, StringComparison.Ordinal);
        Assert.Empty(bench.DriftLines());
    }

    private static async Task<RoutingBench> WithLeftoversAsync()
    {
        var bench = await RoutingBench.RunningAsync();
        await bench.LearnAsync(Learn.Route(Kept, "192.0.2.2"), Learn.Route(Gone, "192.0.2.2"), Learn.Route(Moved, "2001:db8::2"));
        await bench.RestartAsync();
        await bench.WishAsync(new RoutingWishes());
        return bench;
    }
}
