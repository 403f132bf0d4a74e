using Fairway.Interop.Kernel;
using Fairway.Interop.Rig;

namespace Fairway.Interop.BadEnvironment;

/// <summary>Ports that are taken or forbidden: the message says what to do, sessions that need no listener come up, the rest goes on.</summary>
public sealed class PortTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_bgp_port_in_use_is_told_with_the_cure_while_the_node_connects_by_itself_and_is_taken_when_it_is_free()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        var old = await BirdRouter.StartAsync(rack.Node, """
            router id 192.0.2.1;
            protocol bgp left { local as 64510; neighbor 198.18.0.1 as 64511; multihop; passive; ipv4 { import none; export none; }; }
            """);

        await rack.StartAgentAsync(Rack.Documents(rack.Tor.Peers()));

        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        await WarnsAsync(rack, "another program listens there", "ss -ltnp", "BgpInstance spec.listen");
        Assert.Contains("does not listen", Ready(rack));

        await old.TerminateAsync();
        await Eventually.True(() => Listeners(rack).Contains(":179"), "the agent listens once the port is free", () => Listeners(rack));
        await Eventually.Passes(() => Assert.Contains("200 OK", Ready(rack)), "and is ready");
        Assert.Equal("Established", rack.Agent.PeerState("tor1v4"));
    }

    [Fact]
    public async Task Port_179_without_the_capability_is_told_with_the_cure_while_the_node_connects_by_itself()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.BuildAsync(lab, Rack.ExternalAsn, Rack.Four, Rack.Six);
        rack.Agent = FairwayRouter.Prepare(rack.Node, Rack.Documents(rack.Tor.Peers()));
        rack.Agent.Wrapper = ["setpriv", "--bounding-set", "-net_bind_service"];

        await rack.Agent.StartAgainAsync();

        await rack.Agent.EstablishedAsync("tor1v4");
        await rack.InKernelAsync(rack.OverTor(Rack.Four), rack.OverTor(Rack.Six));
        await WarnsAsync(rack, "CAP_NET_BIND_SERVICE", "setcap", "a port above 1023");
    }

    [Fact]
    public async Task A_taken_http_port_ends_the_start_with_the_flag_to_change_and_leaves_the_kernel_alone()
    {
        await using var lab = new NetworkLab(output);
        var rack = await Rack.StartAsync(lab, Rack.ExternalAsn, Rack.Four);
        await rack.InKernelAsync(rack.OverTor(Rack.Four));

        var second = await rack.RunSecondAgentAsync("--dataplane", "none");

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("127.0.0.1:9179", second.Said);
        Assert.Contains("--http ADDR:PORT", second.Said);
        Assert.DoesNotContain("   at ", second.Said); // no stack trace
        await rack.InKernelAsync(rack.OverTor(Rack.Four));
        Assert.Equal("Established", rack.Agent.PeerState("tor1v4"));
    }

    private static Task WarnsAsync(Rack rack, params string[] words) => Eventually.Passes(
        () => Assert.All(words, word => Assert.Contains(word, rack.Agent.Ask("status").GetProperty("warnings").ToString())), "status tells what to do");

    private static string Listeners(Rack rack) => rack.Node.Exec("ss", "-Hltn");

    private static string Ready(Rack rack)
        => rack.Node.Exec("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9179; printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3");
}
