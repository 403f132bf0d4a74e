namespace Fairway.Interop.Rig;

/// <summary>A BIRD in a namespace, with a configuration, a control socket and a process of its own.</summary>
internal sealed class BirdRouter
{
    private readonly LabNode node;
    private readonly string configuration;
    private readonly string socket;
    private LabProcess process;

    private BirdRouter(LabNode node, string configuration)
    {
        this.node = node;
        this.configuration = configuration;
        socket = Path.Combine(node.Lab.Folder, $"{node.Name}-bird.sock");
        process = Launch([]);
    }

    /// <summary>The running daemon.</summary>
    public LabProcess Process => process;

    /// <summary>
    /// Starts BIRD with a complete configuration; the rig adds only logging and the device protocol.
    /// Use "connect delay time 1; connect retry time 1; error wait time 1,2;" in its bgp protocols for quick sessions.
    /// </summary>
    public static async Task<BirdRouter> StartAsync(LabNode node, string configuration)
    {
        var router = new BirdRouter(node, node.Lab.WriteFile($"{node.Name}-bird.conf", Complete(configuration)));
        await router.WaitForSocketAsync();
        return router;
    }

    /// <summary>Any birdc command, e.g. "reload in fairway", "disable fairway"; the answer without the greeting.</summary>
    public string Command(string command)
    {
        var answer = Tool.Run("birdc", ["-s", socket, .. command.Split(' ')]);
        return answer[(answer.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>All routes of both families, or those a selector names: "protocol fairway", "table master4", "203.0.113.0/24".</summary>
    public IReadOnlyList<SeenRoute> Routes(string selector = "")
        => BirdOutput.Routes(Command($"show route all {selector}".TrimEnd()));

    /// <summary>One protocol with its details as BIRD prints them.</summary>
    public BirdProtocol Protocol(string name)
        => BirdOutput.Protocols(Command($"show protocols all {name}")).Single();

    public bool IsEstablished(string protocol) => Protocol(protocol).Info.StartsWith("Established", StringComparison.Ordinal);

    /// <summary>Waits until the session is up and returns what BIRD says about it.</summary>
    public async Task<BirdProtocol> EstablishedAsync(string protocol)
    {
        await Eventually.True(
            () => IsEstablished(protocol), $"{node.Name}: BIRD's session {protocol} is up", () => Protocol(protocol).Details);
        return Protocol(protocol);
    }

    /// <summary>Replaces the configuration of the running daemon; one that BIRD refuses fails the test.</summary>
    public void Reconfigure(string newConfiguration)
    {
        File.WriteAllText(configuration, Complete(newConfiguration));
        var answer = Command("configure");
        Assert.True(answer.Contains("Reconfigured") || answer.Contains("Reconfiguration in progress"), answer);
    }

    /// <summary>kill -9: peers see only the TCP connection close.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>SIGTERM: BIRD sends Cease and withdraws its kernel routes.</summary>
    public Task TerminateAsync() => process.TerminateAsync();

    /// <summary>Ends BIRD as for an upgrade: no NOTIFICATION, kernel routes stay. Start it again with <c>recover: true</c>.</summary>
    public async Task StopForGracefulRestartAsync()
    {
        Command("graceful restart");
        await process.WaitForExitAsync();
    }

    /// <summary>
    /// Starts the daemon again, on the same configuration or another; with <paramref name="recover"/> it sets the R bit and waits for
    /// End-of-RIB (-R).
    /// </summary>
    public Task StartAgainAsync(bool recover = false, string? newConfiguration = null)
    {
        Assert.True(process.HasExited, "BIRD still runs");
        if (newConfiguration is not null)
            File.WriteAllText(configuration, Complete(newConfiguration));
        File.Delete(socket);
        process = Launch(recover ? ["-R"] : []);
        return WaitForSocketAsync();
    }

    private LabProcess Launch(string[] extra)
        => node.Start(["bird", "-f", "-c", configuration, "-s", socket, "-P", Path.ChangeExtension(socket, "pid"), .. extra]);

    private async Task WaitForSocketAsync()
    {
        await Eventually.True(() => process.HasExited || Command("show status").Length > 0, $"{node.Name}: BIRD answers");
        Assert.False(process.HasExited, process.Describe());
    }

    private static string Complete(string configuration) => "log stderr all;\nprotocol device {}\n" + configuration;
}
