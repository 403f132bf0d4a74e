using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>FRR in a namespace: a zebra and a bgpd with sockets of their own, read through vtysh.</summary>
internal sealed class FrrRouter
{
    private readonly LabNode node;
    private readonly string folder;

    private FrrRouter(LabNode node)
    {
        this.node = node;
        Tool.Find("zebra");
        folder = Directory.CreateDirectory(Path.Combine(node.Lab.Folder, $"{node.Name}-frr")).FullName;
        Tool.Run("chown", "frr:frr", folder); // the daemons give up root and become frr
    }

    /// <summary>The running zebra.</summary>
    public LabProcess Zebra { get; private set; } = null!;

    /// <summary>The running bgpd.</summary>
    public LabProcess Bgpd { get; private set; } = null!;

    /// <summary>
    /// Starts FRR with bgpd's configuration, and zebra's where a test wants one. For quick sessions use
    /// "neighbor A timers connect 1", "neighbor A advertisement-interval 0" and "no bgp ebgp-requires-policy".
    /// </summary>
    public static async Task<FrrRouter> StartAsync(LabNode node, string bgpdConfiguration, string zebraConfiguration = "")
    {
        var router = new FrrRouter(node);
        await router.StartZebraAsync(zebraConfiguration);
        File.WriteAllText(router.At("bgpd.conf"), bgpdConfiguration);
        await router.StartBgpdAsync();
        return router;
    }

    /// <summary>Runs vtysh commands in turn and returns what they print; configuration starts with "configure terminal".</summary>
    public string Vtysh(params string[] commands)
    {
        var answer = Tool.Run("vtysh", ["--vty_socket", folder, .. commands.SelectMany(command => new[] { "-c", command })]);
        Assert.DoesNotContain("% Unknown command", answer);
        return answer;
    }

    /// <summary>All BGP paths of both families with their attributes.</summary>
    public IReadOnlyList<SeenRoute> Routes() =>
    [
        .. FrrOutput.Routes(Vtysh("show bgp ipv4 unicast json detail")),
        .. FrrOutput.Routes(Vtysh("show bgp ipv6 unicast json detail")),
    ];

    /// <summary>What "show bgp neighbors A json" says: bgpState, neighborCapabilities, gracefulRestartInfo, messageStats ...</summary>
    public JsonElement Neighbor(string address)
    {
        using var document = JsonDocument.Parse(Vtysh($"show bgp neighbors {address} json"));
        return document.RootElement.GetProperty(address).Clone();
    }

    public bool IsEstablished(string neighbor) => Neighbor(neighbor).GetProperty("bgpState").GetString() == "Established";

    /// <summary>Waits until the session is up and returns what FRR says about it.</summary>
    public async Task<JsonElement> EstablishedAsync(string neighbor)
    {
        await Eventually.True(
            () => IsEstablished(neighbor), $"{node.Name}: FRR's session with {neighbor} is up", () => Neighbor(neighbor).GetRawText());
        return Neighbor(neighbor);
    }

    /// <summary>Starts bgpd again after its process was killed or ended, with another configuration if one is given; zebra has kept running.</summary>
    public async Task StartBgpdAsync(string? newConfiguration = null)
    {
        Assert.True(Bgpd is null || Bgpd.HasExited, "bgpd still runs");
        if (newConfiguration is not null)
            File.WriteAllText(At("bgpd.conf"), newConfiguration);
        File.Delete(At("bgpd.vty"));
        Bgpd = Launch("bgpd");
        await AnswersAsync(Bgpd);
    }

    private async Task StartZebraAsync(string configuration)
    {
        File.WriteAllText(At("zebra.conf"), configuration);
        Zebra = Launch("zebra");
        await AnswersAsync(Zebra);
        await Eventually.True(() => File.Exists(At("zserv.api")), $"{node.Name}: zebra takes clients");
    }

    private LabProcess Launch(string daemon) => node.Start(
        daemon, "-f", At($"{daemon}.conf"), "--vty_socket", folder, "-z", At("zserv.api"), "-i", At($"{daemon}.pid"),
        "-P", "0", "--log", "stdout");

    private async Task AnswersAsync(LabProcess daemon)
    {
        await Eventually.True(
            () => daemon.HasExited || Vtysh("show daemons").Split([' ', '\n']).Contains(daemon.Name),
            $"{node.Name}: {daemon.Name} answers");
        Assert.False(daemon.HasExited, daemon.Describe());
    }

    private string At(string file) => Path.Combine(folder, file);
}
