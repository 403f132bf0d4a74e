using Fairway.Interop.Rig;

namespace Fairway.Interop.Kernel;

/// <summary>Somebody deletes our routes in the kernel: it is noticed, told, and repaired where that is the policy.</summary>
public sealed class DriftTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_deleted_route_comes_back_and_drift_lists_it_as_repaired()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        Assert.Equal(0, rack.Agent.ExitCode("drift"));

        Delete(rack);

        await Eventually.Equal([$"{Rack.Six} absent True", $"{Rack.Four} absent True"], () => Drift(rack), "both are told and repaired");
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        Assert.Equal(0, rack.Agent.ExitCode("drift"));
    }

    [Fact]
    public async Task With_the_policy_to_report_a_deleted_route_stays_away_and_is_an_open_item()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six, "198.51.100.0/24");
        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()), "--drift", "report");
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six), rack.OverTor("198.51.100.0/24"));

        Delete(rack);

        await Eventually.Equal([$"{Rack.Six} absent False", $"{Rack.Four} absent False"], () => Drift(rack), "both are open");
        Assert.Equal(2, rack.Agent.ExitCode("drift"));
        await rack.NotInstalledAsync(Rack.Four, "drifted");
        await rack.InKernelAsync(rack.OverTor("198.51.100.0/24"));
        Assert.Equal(2, rack.Agent.Ask("status").GetProperty("driftOpen").GetInt32());
    }

    [Fact]
    public async Task A_route_of_ours_that_nobody_wishes_for_is_removed_and_told()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));

        rack.Node.Exec("ip", "route", "add", "198.51.100.0/24", "via", rack.Tor.Gateway4, "proto", "196", "metric", "20");

        await Eventually.True(() => Drift(rack).Any(item => item.StartsWith("198.51.100.0/24 ") && item.EndsWith(" True")), "it is told and repaired");
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
    }

    private static void Delete(Rack rack)
    {
        rack.Node.Exec("ip", "route", "delete", Rack.Four, "proto", "196");
        rack.Node.Exec("ip", "-6", "route", "delete", Rack.Six, "proto", "196");
    }

    private static string[] Drift(Rack rack)
        => [.. rack.Agent.Rows("drift")
            .Where(item => item.GetProperty("layer").GetString() == "dataplane")
            .Select(item => $"{item.GetProperty("object").GetString()} {item.GetProperty("observed").GetString()} {item.GetProperty("repaired").GetBoolean()}")
            .Order(StringComparer.Ordinal)];
}
