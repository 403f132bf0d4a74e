using System.Text.Json;

namespace Fairway.Interop.Rig;

/// <summary>A gobgpd in a namespace; its API listens on the namespace's loopback.</summary>
internal sealed class GobgpRouter
{
    private const string Port = "50051";
    private readonly LabNode node;
    private readonly string configuration;

    private GobgpRouter(LabNode node, string configuration)
    {
        this.node = node;
        this.configuration = node.Lab.WriteFile($"{node.Name}-gobgpd.toml", configuration);
        Process = Launch([]);
    }

    /// <summary>The running daemon.</summary>
    public LabProcess Process { get; private set; }

    /// <summary>
    /// Starts gobgpd with a complete TOML configuration. For quick sessions set connect-retry and idle-hold-time-after-reset to 1.
    /// </summary>
    public static async Task<GobgpRouter> StartAsync(LabNode node, string configuration)
    {
        var router = new GobgpRouter(node, configuration);
        await router.AnswersAsync();
        return router;
    }

    /// <summary>Any gobgp command; "-j" first makes it answer in JSON.</summary>
    public string Command(params string[] arguments) => node.Exec(["gobgp", "-u", "127.0.0.1", "-p", Port, .. arguments]);

    /// <summary>Originates a prefix with attributes as the gobgp client takes them: "med", "5", "community", "64500:1,64500:2".</summary>
    public void Announce(string prefix, params string[] attributes)
        => Command(["global", "rib", "add", "-a", Family(prefix), prefix, .. attributes]);

    /// <summary>Takes an originated prefix back.</summary>
    public void Withdraw(string prefix) => Command("global", "rib", "del", "-a", Family(prefix), prefix);

    /// <summary>All paths of both families with their attributes.</summary>
    public IReadOnlyList<SeenRoute> Routes() =>
    [
        .. GobgpOutput.Routes(Command("-j", "global", "rib", "-a", "ipv4")),
        .. GobgpOutput.Routes(Command("-j", "global", "rib", "-a", "ipv6")),
    ];

    /// <summary>What "gobgp neighbor" says of one peer: conf, state, timers ...; absent zeros are left out as protobuf does.</summary>
    public JsonElement Neighbor(string address)
    {
        using var document = JsonDocument.Parse(Command("-j", "neighbor", address));
        var root = document.RootElement;
        return (root.ValueKind == JsonValueKind.Array ? root[0] : root).Clone();
    }

    public bool IsEstablished(string neighbor)
        => Neighbor(neighbor).GetProperty("state").TryGetProperty("session_state", out var state) && state.GetInt32() == 6;

    /// <summary>Waits until the session is up and returns what GoBGP says about it.</summary>
    public async Task<JsonElement> EstablishedAsync(string neighbor)
    {
        await Eventually.True(
            () => IsEstablished(neighbor), $"{node.Name}: GoBGP's session with {neighbor} is up", () => Neighbor(neighbor).GetRawText());
        return Neighbor(neighbor);
    }

    /// <summary>kill -9: with graceful restart configured, peers keep the routes until <see cref="StartAgainAsync"/>.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>
    /// Starts again, with another configuration if one is given; <paramref name="restarting"/> sets the R bit (-r). What
    /// <see cref="Announce"/> made is gone.
    /// </summary>
    public Task StartAgainAsync(bool restarting, string? newConfiguration = null)
    {
        Assert.True(Process.HasExited, "gobgpd still runs");
        if (newConfiguration is not null)
            File.WriteAllText(configuration, newConfiguration);
        Process = Launch(restarting ? ["-r"] : []);
        return AnswersAsync();
    }

    private LabProcess Launch(string[] extra)
        => node.Start(["gobgpd", "-f", configuration, $"--api-hosts=127.0.0.1:{Port}", "--pprof-disable", "--log-plain", .. extra]);

    private async Task AnswersAsync()
    {
        await Eventually.True(
            () => Process.HasExited || Command("-j", "global").Contains("asn"), $"{node.Name}: gobgpd answers");
        Assert.False(Process.HasExited, Process.Describe());
    }

    private static string Family(string prefix) => prefix.Contains(':') ? "ipv6" : "ipv4";
}
