namespace Fairway.Dataplanes.Linux.Tests.Kernel;

using static Changes;

public sealed class MoveTests
{
    [Theory]
    [InlineData(254, 30, 196, "a metric")]
    [InlineData(77, 20, 196, "a table")]
    [InlineData(254, 20, 200, "a protocol at the same metric")]
    [InlineData(254, 30, 200, "a protocol and a metric")]
    [InlineData(77, 30, 200, "all three")]
    public async Task Routes_move_to_the_new_place_before_the_old_ones_go(uint table, uint metric, byte protocol, string what)
    {
        Assert.NotEmpty(what);
        await using var space = new TestNamespace();
        var old = new LinuxDataplaneOptions();
        FibRoute[] routes = [Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0")), Unicast("2001:db8:a::/48", space.Hop("2001:db8::2", "eth0"), space.Hop("2001:db8::3", "eth0"))];
        await using (var before = await space.OpenAsync(old))
            Assert.Empty(await before.InstallAsync(routes));
        var dataplane = await space.ReopenAsync(new() { Table = table, Metric = metric, Protocol = protocol, Previous = new(old.Table, old.Metric, old.Protocol) });

        var observation = await dataplane.ReadAsync(CancellationToken.None);
        Assert.Equal((0, 2), (observation.Routes.Count, observation.Duplicates));
        using var monitor = new RouteMonitor(space);
        Assert.Empty(await dataplane.InstallAsync(routes));
        Assert.Empty(await dataplane.RemoveDuplicatesAsync(CancellationToken.None));

        observation = await dataplane.ReadAsync(CancellationToken.None);
        Assert.Equal((2, 0), (observation.Routes.Count, observation.Duplicates));
        Assert.Equal(routes, await dataplane.ReadRoutesAsync());
        Assert.Empty(protocol == old.Protocol ? [] : space.Routes(old.Protocol));
        AssertNoGap(monitor.Lines(), "203.0.113.0/24");
        AssertNoGap(monitor.Lines(), "2001:db8:a::/48");
    }

    [Fact]
    public async Task A_route_of_ours_that_stands_twice_is_counted_and_only_the_second_goes()
    {
        var (space, dataplane) = await TestNamespace.OpenedAsync();
        await using var _ = space;
        var wish = Unicast("203.0.113.0/24", space.Hop("192.0.2.2", "eth0"));
        Assert.Empty(await dataplane.InstallAsync(wish));
        space.Ip("route append 203.0.113.0/24 via 192.0.2.3 proto 196 metric 20");
        space.Ip("route add 203.0.113.0/24 via 192.0.2.2 proto 196 metric 5");

        Assert.Equal(2, (await dataplane.ReadAsync(CancellationToken.None)).Duplicates);
        Assert.Empty(await dataplane.RemoveDuplicatesAsync(CancellationToken.None));

        Assert.Equal(0, (await dataplane.ReadAsync(CancellationToken.None)).Duplicates);
        Assert.Equal([wish], await dataplane.ReadRoutesAsync());
        Assert.Equal(["203.0.113.0/24 via 192.0.2.2 dev eth0 metric 20"], space.Routes());
    }

    [Fact]
    public async Task A_route_with_the_earlier_protocol_but_elsewhere_is_foreign()
    {
        await using var space = new TestNamespace();
        space.Ip("route add 203.0.113.1 via 192.0.2.2 proto 199 metric 21");
        space.Ip("route add 203.0.113.2 via 192.0.2.2 proto 199 metric 20");
        var dataplane = await space.OpenAsync(new() { Previous = new(254, 20, 199) });

        Assert.Equal(1, (await dataplane.ReadAsync(CancellationToken.None)).Duplicates);
        Assert.Empty(await dataplane.RemoveDuplicatesAsync(CancellationToken.None));

        Assert.Equal(["203.0.113.1 via 192.0.2.2 dev eth0 metric 21"], space.Routes(199));
    }

    // Where only the protocol differs, the new route takes the place of the old one and no removal is told.
    private static void AssertNoGap(IReadOnlyList<string> lines, string prefix)
    {
        var about = lines.Where(line => line.Contains($"{prefix} ", StringComparison.Ordinal)).ToList();
        var installed = about.FindIndex(line => !line.Contains("Deleted", StringComparison.Ordinal));
        var removed = about.FindIndex(line => line.Contains("Deleted", StringComparison.Ordinal));
        Assert.True(installed >= 0 && (removed < 0 || removed > installed), string.Join('\n', lines));
    }
}
