using Fairway.Interop.Rig;

namespace Fairway.Interop.RigTests;

/// <summary>The rig's own proof: kernel routes are read as they are, and the monitor sees what goes.</summary>
public sealed class KernelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Kernel_routes_of_every_shape_read_as_text()
    {
        await using var lab = new NetworkLab(output);
        var node = Connected(lab);
        node.Exec("ip", "route", "add", "203.0.113.0/24", "via", "192.0.2.2", "proto", "196", "metric", "20");
        node.Exec("ip", "route", "add", "203.0.113.9", "via", "inet6", "2001:db8:1::2", "proto", "196", "table", "300");
        string[] hops = ["nexthop", "via", "192.0.2.2", "nexthop", "via", "192.0.2.3", "weight", "2"];
        node.Exec(["ip", "route", "add", "default", "proto", "196", .. hops]);
        node.Exec("ip", "route", "add", "blackhole", "2001:db8:a::/48", "proto", "196", "metric", "20");
        node.Exec("ip", "route", "add", "2001:db8:b::/48", "via", "fe80::2", "dev", "to-b", "proto", "196", "metric", "20");

        Assert.Equal(
            [
                "0.0.0.0/0 proto 196 metric 0 via 192.0.2.2 dev to-b weight 1, via 192.0.2.3 dev to-b weight 2",
                "2001:db8:b::/48 proto 196 metric 20 via fe80::2 dev to-b",
                "203.0.113.0/24 proto 196 metric 20 via 192.0.2.2 dev to-b",
                "203.0.113.9/32 proto 196 metric 0 table 300 via 2001:db8:1::2 dev to-b",
                "blackhole 2001:db8:a::/48 proto 196 metric 20 dev lo",
            ],
            KernelRoutes.Text(node, protocol: 196));
    }

    [Fact]
    public async Task The_monitor_sees_a_deletion_in_each_family_and_tells_them_from_replacements()
    {
        await using var lab = new NetworkLab(output);
        var node = Connected(lab);
        string[] prefixes = ["203.0.113.0/24", "2001:db8:a::/48"];
        string[] gateways = ["192.0.2.2", "2001:db8:1::2"];
        foreach (var (prefix, gateway) in prefixes.Zip(gateways))
            node.Exec("ip", "route", "add", prefix, "via", gateway, "proto", "196", "metric", "20");
        var monitor = await RouteMonitor.StartAsync(node);

        foreach (var prefix in prefixes)
            node.Exec("ip", "route", "replace", prefix, "dev", "to-b", "proto", "196", "metric", "20");
        Assert.Empty(await monitor.DeletionsAsync());
        Assert.Equal(2, (await monitor.LinesAsync()).Count);

        foreach (var prefix in prefixes)
            node.Exec("ip", "route", "delete", prefix, "proto", "196", "metric", "20");
        foreach (var prefix in prefixes)
            Assert.Contains("proto 196", Assert.Single(await monitor.DeletionsAsync(prefix)));

        await monitor.ForgetAsync();
        Assert.Empty(await monitor.DeletionsAsync());
    }

    [Fact]
    public async Task A_missing_program_fails_with_the_cure()
    {
        await using var lab = new NetworkLab(output);
        var node = lab.AddNode("a");

        var failure = Assert.Throws<MissingToolException>(() => node.Start("no-such-daemon"));

        Assert.Contains("run ./test.sh", failure.Message);
    }

    [Fact]
    public async Task What_never_happens_is_reported_with_the_last_seen_state()
    {
        var failure = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => Eventually.True(() => false, "the moon is full", () => "a crescent", TimeSpan.Zero));

        Assert.Contains("the moon is full", failure.Message);
        Assert.Contains("a crescent", failure.Message);
    }

    private static LabNode Connected(NetworkLab lab)
    {
        var node = lab.AddNode("a");
        lab.Connect(node, ["192.0.2.1/24", "2001:db8:1::1/64"], lab.AddNode("b"), ["192.0.2.2/24", "2001:db8:1::2/64"]);
        return node;
    }
}
